package io.opsiq.analyst;

import io.opsiq.engine.Grid;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a text against a result: each number and each name in it must stand in the result, rounded or formatted as it may be,
 * or in what was said beforehand: the question, the plan's own words. For the program's own sentences and for those that a
 * language model wrote.
 */
final class Grounding {

    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\p{N}_])\\d[\\d,]*(\\.\\d+)?(?![\\p{L}\\p{N}_])");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}_'’&.-]*");
    private static final Pattern SENTENCE_START = Pattern.compile("(^|[.!?:;]\\s+|[“\"(]\\s*)$");

    private final List<BigDecimal> numbers = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> words = new HashSet<>();

    /** @param said texts whose numbers and names may be repeated */
    Grounding(Grid result, Collection<String> said) {
        numbers.add(BigDecimal.valueOf(result.rows().size()));
        for (List<@Nullable Object> row : result.rows()) {
            row.forEach(this::admit);
        }
        said.forEach(this::admitText);
    }

    private void admit(@Nullable Object cell) {
        if (cell instanceof Number number) {
            admitNumber(new BigDecimal(number.toString()));
            return;
        }
        String text = Objects.toString(cell, "");
        if (text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            admitDate(LocalDate.parse(text.substring(0, 10)));
        }
        if (!text.isBlank()) {
            names.add(text);
            names.add(Phrasing.name(text));
            admitText(text);
        }
    }

    private void admitNumber(BigDecimal number) {
        numbers.add(number.abs());
        numbers.add(number.abs().movePointRight(2));
    }

    /** A period is called by its month, quarter or year as well. */
    private void admitDate(LocalDate day) {
        for (Grain grain : Grain.values()) {
            admitText(Period.of(grain, day).label());
        }
    }

    private void admitText(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(plain(matcher.group()));
            for (String part : matcher.group().split("[_-]", -1)) {
                words.add(plain(part));
            }
        }
        Matcher number = NUMBER.matcher(text);
        while (number.find()) {
            numbers.add(new BigDecimal(number.group().replace(",", "")));
        }
    }

    /**
     * What the text says that it must not; empty when there is nothing.
     *
     * @param namesOfBooks names that the books know and that occur in the text
     */
    Optional<String> violation(String text, Collection<String> namesOfBooks) {
        String rest = withoutNames(text);
        return number(rest).or(() -> name(rest)).or(() -> nameOfBooks(namesOfBooks));
    }

    private String withoutNames(String text) {
        String rest = text;
        for (String name : names.stream()
                .filter(each -> each.length() > 1)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            rest = rest.replaceAll("(?<![\\p{L}\\p{N}])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}])", "·");
        }
        return rest;
    }

    private Optional<String> number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        while (matcher.find()) {
            BigDecimal number = new BigDecimal(matcher.group().replace(",", ""));
            if (numbers.stream().noneMatch(known -> isRounded(known, number))) {
                return Optional.of("the number " + matcher.group() + " is not in the result");
            }
        }
        return Optional.empty();
    }

    private static boolean isRounded(BigDecimal known, BigDecimal shown) {
        return known.setScale(shown.scale(), RoundingMode.HALF_UP).compareTo(shown) == 0;
    }

    /** Words with a capital inside a sentence, and words with digits, are names. */
    private Optional<String> name(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            boolean starts =
                    SENTENCE_START.matcher(text.substring(0, matcher.start())).find();
            boolean capital = !word.equals(word.toLowerCase(Locale.ROOT)) && !starts;
            boolean coded = word.matches(".*\\d.*") && word.matches(".*[\\p{L}_].*");
            if ((capital || coded) && !word.equals("I") && !words.contains(plain(word))) {
                return Optional.of("the name " + word + " is not in the result");
            }
        }
        return Optional.empty();
    }

    private Optional<String> nameOfBooks(Collection<String> names) {
        return names.stream()
                .filter(name -> !words.containsAll(WORD.matcher(name)
                        .results()
                        .map(match -> plain(match.group()))
                        .collect(Collectors.toSet())))
                .findFirst()
                .map(name -> "the name " + name + " is not in the result");
    }

    private static String plain(String word) {
        return word.replaceAll("[.'’-]+$", "").toLowerCase(Locale.ROOT);
    }
}
