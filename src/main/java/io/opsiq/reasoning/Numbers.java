package io.opsiq.reasoning;

import io.opsiq.reasoning.Facts.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Given numbers, percentages and amounts in the ways in which people write them. */
final class Numbers {

    private static final Map<String, Set<String>> SYMBOLS = Map.of(
            "$", Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"),
            "\u20ac", Set.of("EUR"),
            "\u00a3", Set.of("GBP"),
            "\u00a5", Set.of("JPY", "CNY"));
    private static final Map<String, Integer> SCALES =
            Map.of("k", 3, "thousand", 3, "m", 6, "million", 6, "bn", 9, "billion", 9);

    private final List<BigDecimal> numbers;
    private final List<Amount> amounts;
    private final List<BigDecimal> percents;
    private final Pattern pattern;

    Numbers(List<BigDecimal> numbers, List<Amount> amounts, List<BigDecimal> percents) {
        this.numbers = numbers;
        this.amounts = amounts;
        this.percents = percents;
        this.pattern = pattern(currencies());
    }

    private static Pattern pattern(Set<String> currencies) {
        String currency = Stream.concat(Stream.of("[$\u20ac\u00a3\u00a5]"), currencies.stream())
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\p{L}\\p{N}_.,])(?<![\\p{L}_]-)(?:(?<before>" + currency + ")\\s?)?"
                + "(?<number>\\d{1,3}(?:[ ,'\u2019.]\\d{3})+(?:[.,]\\d+)?|\\d+(?:[.,]\\d+)?)"
                + "(?:\\s?(?<scale>(?i:k|m|bn|thousand|million|billion))(?!\\p{L}))?"
                + "(?:\\s?(?<percent>%|percent(?:age points?)?(?!\\p{L})|per cent(?!\\p{L})))?"
                + "(?:\\s?(?<after>" + currency + "))?(?![\\p{L}\\p{N}_])");
    }

    Set<String> currencies() {
        return amounts.stream()
                .map(Amount::currency)
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The first number in the text that is none of the given. */
    Optional<String> flawIn(String text) {
        return pattern.matcher(text)
                .results()
                .filter(found -> !isGiven(found))
                .map(found -> found.group().strip())
                .findFirst()
                .or(() -> NumberWords.flawIn(pattern.matcher(text).replaceAll(" "), numbers));
    }

    String removedFrom(String text) {
        return NumberWords.removedFrom(pattern.matcher(text).replaceAll(" some "));
    }

    private boolean isGiven(MatchResult found) {
        @Nullable String scale = found.group("scale");
        int power = scale == null ? 0 : Objects.requireNonNull(SCALES.get(scale.toLowerCase(Locale.ROOT)));
        List<BigDecimal> given = given(found);
        return readings(found.group("number")).stream()
                .anyMatch(said -> given.stream().anyMatch(fact -> isRounded(fact, power, said)));
    }

    /** The facts that a number with such signs around it may be one of. */
    private List<BigDecimal> given(MatchResult found) {
        if (found.group("percent") != null) {
            return percents;
        }
        @Nullable String sign = found.group("before") == null ? found.group("after") : found.group("before");
        Stream<BigDecimal> money = amounts.stream()
                .filter(amount -> sign == null
                        || sign.equals(amount.currency())
                        || SYMBOLS.getOrDefault(sign, Set.of()).contains(amount.currency()))
                .map(Amount::value);
        return (sign == null ? Stream.concat(numbers.stream(), money) : money).toList();
    }

    private static boolean isRounded(BigDecimal fact, int power, BigDecimal said) {
        return fact.abs()
                        .movePointLeft(power)
                        .setScale(Math.max(0, said.scale()), RoundingMode.HALF_UP)
                        .compareTo(said)
                == 0;
    }

    /** {@code 1,050} is a thousand and fifty, or, where commas are decimal points, a little more than one. */
    private static List<BigDecimal> readings(String written) {
        List<BigDecimal> readings = new ArrayList<>();
        if (written.matches("\\d{1,3}(?:([ ,'\u2019.])\\d{3})(?:\\1\\d{3})*")) {
            readings.add(new BigDecimal(written.replaceAll("\\D", "")));
        }
        int last = Math.max(written.lastIndexOf('.'), written.lastIndexOf(','));
        String whole = last < 0 ? written : written.substring(0, last);
        if (whole.matches("\\d+|\\d{1,3}(?:[ ,'\u2019.]\\d{3})+")) {
            String digits = whole.replaceAll("\\D", "");
            readings.add(new BigDecimal(last < 0 ? digits : digits + "." + written.substring(last + 1)));
        }
        return readings;
    }
}
