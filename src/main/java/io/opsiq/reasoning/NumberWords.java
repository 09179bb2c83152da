package io.opsiq.reasoning;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Numbers that are written out. "One" and "both" say too little to be wrong; what only scales, such as "half" or "thousands", was never given. */
final class NumberWords {

    private static final Map<String, Integer> VALUES = values();
    private static final Pattern COUNT = Pattern.compile(
            "(?i)\\b(?:(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](one|two|three|four|five|six|seven|eight|nine)|("
                    + String.join("|", VALUES.keySet()) + "))\\b");
    private static final Pattern SCALING = Pattern.compile(
            "(?i)\\b(?:hundreds?|thousands?|millions?|billions?|dozens?|half|halves|halved|thirds|doubled|doubling|tripled|quadrupled|\\p{L}+fold)\\b");

    private NumberWords() {}

    private static Map<String, Integer> values() {
        List<String> upToTwenty = List.of(
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty");
        List<String> tens = List.of("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");
        Map<String, Integer> values = new HashMap<>(Map.of("twice", 2, "thrice", 3));
        upToTwenty.forEach(word -> values.put(word, upToTwenty.indexOf(word)));
        tens.forEach(word -> values.put(word, 30 + 10 * tens.indexOf(word)));
        return values;
    }

    static Optional<String> flawIn(String text, List<BigDecimal> given) {
        return COUNT.matcher(text)
                .results()
                .filter(found -> !isGiven(value(found), given))
                .findFirst()
                .or(() -> SCALING.matcher(text).results().findFirst())
                .map(MatchResult::group);
    }

    static String removedFrom(String text) {
        return COUNT.matcher(text).replaceAll("some");
    }

    private static int value(MatchResult found) {
        return found.group(3) == null ? valueOf(found.group(1)) + valueOf(found.group(2)) : valueOf(found.group(3));
    }

    private static int valueOf(String word) {
        return VALUES.getOrDefault(word.toLowerCase(Locale.ROOT), 0);
    }

    private static boolean isGiven(int value, List<BigDecimal> given) {
        return value == 1 || given.stream().anyMatch(fact -> fact.abs().compareTo(BigDecimal.valueOf(value)) == 0);
    }
}
