package io.opsiq.detectors;

import io.opsiq.books.Money;
import io.opsiq.engine.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Fills {@code {column}} and {@code {column:format}} with a finding's values, for people or for SQL. */
final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_0-9]+)(?::([a-z]+))?}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final int MOST_LISTED = 12;

    private static final Map<String, Template> PARSED = new ConcurrentHashMap<>();

    private final List<Part> parts;
    private final String masked;

    private Template(List<Part> parts) {
        this.parts = parts;
        this.masked = parts.stream()
                .map(part -> part.column() == null ? part.text() : "…")
                .collect(Collectors.joining());
    }

    /** Text as it stands, or a column and how to show it. */
    private record Part(String text, @Nullable String column, String format) {}

    /** The few templates of the pack are parsed once; findings are many. */
    private static Template of(String template) {
        return PARSED.computeIfAbsent(template, Template::parse);
    }

    private static Template parse(String template) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACEHOLDER.matcher(template);
        int end = 0;
        while (matcher.find()) {
            parts.add(new Part(template.substring(end, matcher.start()), null, ""));
            parts.add(new Part("", matcher.group(1), matcher.group(2) == null ? "text" : matcher.group(2)));
            end = matcher.end();
        }
        parts.add(new Part(template.substring(end), null, ""));
        return new Template(List.copyOf(parts));
    }

    /** The sentence; empty when a value that it speaks of is missing. */
    static Optional<String> sentence(String template, Map<String, @Nullable Object> values, String currency) {
        StringBuilder text = new StringBuilder();
        for (Part part : of(template).parts) {
            if (part.column() == null) {
                text.append(part.text());
            } else {
                Object value = value(values, part.column());
                if (value == null) {
                    return Optional.empty();
                }
                text.append(shown(value, part.format(), currency));
            }
        }
        return Optional.of(text.toString());
    }

    /** The statement with values written in as literals. */
    static String sql(String template, Map<String, @Nullable Object> values) {
        StringBuilder sql = new StringBuilder();
        for (Part part : of(template).parts) {
            sql.append(part.column() == null ? part.text() : literal(value(values, part.column())));
        }
        return sql.toString().strip();
    }

    /** The sentence without what is particular to a finding. */
    static String masked(String template) {
        return of(template).masked;
    }

    private static @Nullable Object value(Map<String, @Nullable Object> values, String column) {
        if (!values.containsKey(column)) {
            throw new IllegalArgumentException("The query has no column " + column + ", which a template names.");
        }
        return values.get(column);
    }

    private static String shown(Object value, String format, String currency) {
        if (value instanceof List<?> list) {
            return listed(list);
        }
        return switch (format) {
            case "money" -> Money.shown((BigDecimal) value, currency);
            case "number" -> number(value);
            case "date" -> date(value).toString();
            case "time" -> value instanceof LocalDateTime moment ? TIME.format(moment) + " UTC" : value.toString();
            default -> value instanceof BigDecimal number ? number(number) : value.toString();
        };
    }

    private static String listed(List<?> list) {
        String shown = String.join(
                ", ", list.stream().limit(MOST_LISTED).map(String::valueOf).toList());
        return list.size() > MOST_LISTED ? shown + " and " + (list.size() - MOST_LISTED) + " more" : shown;
    }

    private static LocalDate date(Object value) {
        return value instanceof LocalDateTime moment ? moment.toLocalDate() : (LocalDate) value;
    }

    private static String number(Object value) {
        BigDecimal number = value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
        BigDecimal plain = number.setScale(
                Math.min(2, Math.max(0, number.stripTrailingZeros().scale())), RoundingMode.HALF_UP);
        return Money.grouped(plain);
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            case LocalDate date -> "date '" + date + "'";
            case LocalDateTime moment ->
                "timestamp '"
                        + DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                                .format(moment) + "'";
            case List<?> list ->
                list.isEmpty()
                        ? "(null)"
                        : "("
                                + String.join(
                                        ", ",
                                        list.stream().map(Template::literal).toList()) + ")";
            default -> Sql.literal(value.toString());
        };
    }
}
