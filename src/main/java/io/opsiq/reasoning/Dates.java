package io.opsiq.reasoning;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Given dates and times in the ways in which people write them. */
final class Dates {

    private final Set<String> forms = new HashSet<>();

    Dates(Set<LocalDate> dates, Set<String> times) {
        forms.addAll(times);
        dates.forEach(this::add);
    }

    private void add(LocalDate date) {
        forms.addAll(List.of(date.toString(), date.toString().substring(0, 7), String.valueOf(date.getYear())));
        Stream.of(TextStyle.FULL, TextStyle.SHORT)
                .map(style -> date.getMonth().getDisplayName(style, Locale.ENGLISH))
                .forEach(month -> add(date, month));
    }

    private void add(LocalDate date, String month) {
        int day = date.getDayOfMonth();
        int year = date.getYear();
        for (String written : List.of(String.valueOf(day), day + ordinal(day))) {
            forms.addAll(List.of(
                    "%s %s %d".formatted(written, month, year),
                    "%s %s, %d".formatted(month, written, year),
                    "%s %s".formatted(written, month),
                    "%s %s".formatted(month, written)));
        }
        forms.addAll(List.of("%s %d".formatted(month, year), month));
    }

    private static String ordinal(int day) {
        if (day / 10 == 1) {
            return "th";
        }
        return switch (day % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }

    String removedFrom(String text) {
        return forms.isEmpty() ? text : Tokens.anyOf(forms).matcher(text).replaceAll(" then ");
    }
}
