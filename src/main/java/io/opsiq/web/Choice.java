package io.opsiq.web;

import io.opsiq.cases.CaseFilter;
import io.opsiq.cases.CaseSort;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Confidence;
import io.opsiq.detectors.Detector.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of the queue is shown, as the address says it. What an address says that does not fit counts as not said: an old bookmark
 * still opens.
 */
public record Choice(CaseFilter filter, CaseSort sort, long page) {

    static final int ROWS = 50;

    private static final int LONGEST_TEXT = 200;

    static Choice of(Map<String, String> parameters) {
        CaseFilter filter = new CaseFilter(
                text(parameters, "status").flatMap(CaseStatus::of).orElse(null),
                text(parameters, "type").orElse(null),
                word(parameters, "severity", Severity.values()),
                word(parameters, "confidence", Confidence.values()),
                text(parameters, "currency").orElse(null),
                text(parameters, "q").orElse(null));
        CaseSort sort = Objects.requireNonNullElse(word(parameters, "sort", CaseSort.values()), CaseSort.EXPECTED);
        return new Choice(filter, sort, page(parameters.getOrDefault("page", "1")));
    }

    /** The page that an address asks for; the first where it is no number. */
    static long page(String number) {
        return number.matches("[1-9]\\d{0,7}") ? Long.parseLong(number) : 1;
    }

    private static Optional<String> text(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    }

    private static <E extends Enum<E>> @Nullable E word(Map<String, String> parameters, String name, E[] values) {
        String wanted = parameters.getOrDefault(name, "");
        return Stream.of(values)
                .filter(value -> word(value).equals(wanted))
                .findFirst()
                .orElse(null);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    long offset() {
        return (page - 1) * ROWS;
    }

    Choice withPage(long other) {
        return new Choice(filter, sort, other);
    }

    /** Whether anything but the status is chosen. */
    public boolean isNarrowed() {
        return !new CaseFilter(filter.status(), null, null, null, null, null).equals(filter);
    }

    /** The address of another page of the same. */
    public String urlOfPage(long other) {
        return withPage(other).url();
    }

    /** The address of the same with another status, from the first page on; null: any. */
    public String urlOfStatus(@Nullable CaseStatus status) {
        CaseFilter other = new CaseFilter(
                status, filter.type(), filter.severity(), filter.confidence(), filter.currency(), filter.text());
        return new Choice(other, sort, 1).url();
    }

    /** The address of the status alone. */
    public String urlOfStatusAlone() {
        return new Choice(new CaseFilter(filter.status(), null, null, null, null, null), CaseSort.EXPECTED, 1).url();
    }

    public String url() {
        Map<String, String> parts = new TreeMap<>();
        put(parts, "status", filter.status() == null ? null : filter.status().word());
        put(parts, "type", filter.type());
        put(parts, "severity", filter.severity() == null ? null : word(filter.severity()));
        put(parts, "confidence", filter.confidence() == null ? null : word(filter.confidence()));
        put(parts, "currency", filter.currency());
        put(parts, "q", filter.text());
        put(parts, "sort", sort == CaseSort.EXPECTED ? null : word(sort));
        put(parts, "page", page == 1 ? null : Long.toString(page));
        String query = parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + URLEncoder.encode(part.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "/cases" : "/cases?" + query;
    }

    private static void put(Map<String, String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.put(name, value);
        }
    }
}
