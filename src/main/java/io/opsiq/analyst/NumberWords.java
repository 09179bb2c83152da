package io.opsiq.analyst;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Numbers of up to four digits, written as such or, the common ones, as a word. */
final class NumberWords {

    private static final Map<String, Integer> WORDS = words();

    private NumberWords() {}

    static Optional<Integer> number(String word) {
        return word.matches("\\d{1,4}") ? Optional.of(Integer.parseInt(word)) : Optional.ofNullable(WORDS.get(word));
    }

    private static Map<String, Integer> words() {
        List<String> toTwelve = List.of(
                "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve");
        Map<String, Integer> words =
                new HashMap<>(Map.of("fifteen", 15, "twenty", 20, "thirty", 30, "sixty", 60, "ninety", 90));
        for (String word : toTwelve) {
            words.put(word, toTwelve.indexOf(word) + 1);
        }
        return Map.copyOf(words);
    }
}
