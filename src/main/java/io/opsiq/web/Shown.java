package io.opsiq.web;

import io.opsiq.books.Money;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How values are written for the reader's language; times are UTC. */
public final class Shown {

    private static final int LONGEST_HEADING = 160;
    private static final int MOST_DIGITS = 4;

    private final Locale locale;
    private final Supplier<Pack> pack;

    Shown(Locale locale, Supplier<Pack> pack) {
        this.locale = locale;
        this.pack = pack;
    }

    /** Grouped, with the currency's digits, without the currency. */
    public String amount(BigDecimal amount, String currency) {
        BigDecimal rounded = Money.rounded(amount, currency);
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(rounded.scale());
        format.setMaximumFractionDigits(rounded.scale());
        return format.format(rounded);
    }

    public String number(Number number) {
        return NumberFormat.getNumberInstance(locale).format(number);
    }

    /** A share as whole per cents. */
    public String percent(BigDecimal share) {
        NumberFormat format = NumberFormat.getPercentInstance(locale);
        format.setRoundingMode(RoundingMode.HALF_UP);
        return format.format(share);
    }

    public String moment(Instant moment) {
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                        .withLocale(locale)
                        .withZone(ZoneOffset.UTC)
                        .format(moment)
                + " UTC";
    }

    public String day(Instant moment) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                .withLocale(locale)
                .withZone(ZoneOffset.UTC)
                .format(moment);
    }

    public String duration(long millis) {
        if (millis < 1_000) {
            return number(millis) + " ms";
        }
        Duration whole = Duration.ofMillis(millis);
        if (whole.toMinutes() > 0) {
            return whole.toMinutes() + " min " + whole.toSecondsPart() + " s";
        }
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(1);
        return format.format(millis / 1000.0) + " s";
    }

    /** Between two moments; so far, when there is no second. */
    public String duration(Instant from, @Nullable Instant to) {
        return to == null ? "" : duration(Duration.between(from, to).toMillis());
    }

    /** {@code false_positive} becomes “False positive”. */
    public String word(Object value) {
        String text = value.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The key of a value in memory, with the detector's own name where it ends with a type: False positive penalty · Underbilling. */
    public String key(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? word(key) : word(key.substring(0, dot)) + " · " + type(key.substring(dot + 1));
    }

    /** How many there are of what is named in the singular: 1 open case, 2 open cases. */
    public String counted(long count, String one) {
        return number(count) + " " + one + (count == 1 ? "" : "s");
    }

    /** The name that a style sheet knows the value by. */
    public String css(Object value) {
        return value.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "-");
    }

    /** The detector's own name; types that the pack does not know are shown as they are. */
    public String type(String id) {
        return pack.get().detector(id).map(Detector::name).orElseGet(() -> word(id));
    }

    /** A number of a result: grouped, with the digits that it came with. */
    public String figure(Number value) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        int digits = value instanceof BigDecimal exact ? Math.clamp(exact.scale(), 0, MOST_DIGITS) : 0;
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(value instanceof BigDecimal ? digits : MOST_DIGITS);
        return format.format(value);
    }

    /** As short as an axis needs it: 1.5K. */
    String compact(double value) {
        NumberFormat format = Math.abs(value) < 1_000
                ? NumberFormat.getNumberInstance(locale)
                : NumberFormat.getCompactNumberInstance(locale, NumberFormat.Style.SHORT);
        format.setMaximumFractionDigits(2);
        return format.format(value);
    }

    /** Days as labels of an axis: months or years where all are the first of one. */
    List<String> days(List<String> days) {
        if (!days.stream().allMatch(day -> day.matches("\\d{4}-\\d{2}-\\d{2}"))) {
            return days;
        }
        String skeleton = days.stream().allMatch(day -> day.endsWith("-01-01")) && days.size() > 1
                ? "y"
                : days.stream().allMatch(day -> day.endsWith("-01")) ? "yMMM" : "MMMd";
        DateTimeFormatter format =
                DateTimeFormatter.ofLocalizedPattern(skeleton).withLocale(locale);
        return days.stream().map(day -> format.format(LocalDate.parse(day))).toList();
    }

    /** A cell of a result. */
    public String cell(@Nullable Object value) {
        return switch (value) {
            case null -> "—";
            case Number number -> figure(number);
            default -> value.toString();
        };
    }

    public boolean isNumber(@Nullable Object value) {
        return value instanceof Number;
    }

    /** A text that fits a heading. */
    public String heading(String text) {
        if (text.length() <= LONGEST_HEADING) {
            return text;
        }
        boolean between = Character.isHighSurrogate(text.charAt(LONGEST_HEADING - 1));
        return text.substring(0, between ? LONGEST_HEADING - 1 : LONGEST_HEADING) + "…";
    }

    public boolean isLong(String text) {
        return text.length() > LONGEST_HEADING;
    }

    /** A value of a JSON document, as text. */
    public String json(@Nullable Object value) {
        if (value == null) {
            return "—";
        }
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : Json.pretty(value);
    }
}
