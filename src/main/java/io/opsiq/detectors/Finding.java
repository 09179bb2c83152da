package io.opsiq.detectors;

import io.opsiq.books.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fact that a detector found, with its money counted once.
 *
 * @param values the row of the detector's query, by column: text, BigDecimal, LocalDate, LocalDateTime, lists of text
 * @param alsoFound sentences about findings of less specific types over the same records
 * @param causeId the {@link CommonCause} that it shares with others; null: none
 * @param baseRate from {@code currency} to the base currency at the fact's date; null where there is no rate
 */
public record Finding(
        Detector detector,
        Map<String, @Nullable Object> values,
        List<String> alsoFound,
        @Nullable String causeId,
        @Nullable BigDecimal baseRate) {

    /** Columns beside those of the query, of which one is null. */
    static final String ATTRIBUTES = "attributes of it";

    static final String LISTED_ATTRIBUTES = "attributes of it, listed";

    private static final List<String> FREE_TEXT = List.of("reason", "note");

    /** In {@link #currency()}, rounded to its minor units. */
    public BigDecimal amount() {
        return Money.rounded((BigDecimal) Objects.requireNonNull(values.get("amount"), "amount"), currency());
    }

    public String currency() {
        return Objects.requireNonNull(values.get("currency"), "currency").toString();
    }

    public Detector.MoneyKind moneyKind() {
        Object own = values.get("money");
        return own == null
                ? detector.money()
                : Detector.MoneyKind.valueOf(own.toString().toUpperCase(Locale.ROOT));
    }

    /** The type and what the fact is about, such as {@code duplicate_refund|payment PAY007}; never amounts or limits. */
    public String fingerprint() {
        return detector.id() + "|"
                + detector.fingerprint().stream()
                        .map(column -> String.valueOf(values.get(column))
                                .replace("\\", "\\\\")
                                .replace("|", "\\|"))
                        .collect(Collectors.joining("|"));
    }

    public String title() {
        return Template.sentence(detector.title(), values, currency()).orElse(detector.name());
    }

    /** Sentences that a finance person understands. */
    public List<String> evidence() {
        return Stream.concat(
                        detector.evidence().stream()
                                .map(template -> Template.sentence(template, values, currency()))
                                .flatMap(Optional::stream),
                        alsoFound.stream())
                .toList();
    }

    /** What its texts say apart from ids and amounts: the detector's sentences, and free text of the books. */
    public List<String> texts() {
        return Stream.concat(
                        detector.evidence().stream().map(Template::masked),
                        FREE_TEXT.stream()
                                .map(values::get)
                                .filter(String.class::isInstance)
                                .map(String.class::cast))
                .toList();
    }

    /** One SELECT over the contract's tables that brings back the rows the finding rests on. */
    public String evidenceSql() {
        return Template.sql(detector.evidenceSql(), values);
    }

    /** What the case names. */
    public Map<String, Object> entities() {
        return pick(detector.entity());
    }

    /** What learning may look at: what the detector says of it, and what the books say of what it is about. */
    public Map<String, Object> features() {
        Map<String, Object> features = pick(detector.features());
        attributes().forEach(features::putIfAbsent);
        return features;
    }

    private Map<String, Object> attributes() {
        if (values.get(ATTRIBUTES) instanceof String joined) {
            return Attributes.read(joined);
        }
        return values.get(LISTED_ATTRIBUTES) instanceof List<?> listed ? Attributes.read(listed) : Map.of();
    }

    private Map<String, Object> pick(List<String> columns) {
        Map<String, Object> picked = new LinkedHashMap<>();
        for (String column : columns) {
            Object value = values.get(column);
            if (value != null) {
                picked.put(column, plain(value));
            }
        }
        return picked;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case LocalDate date -> date.toString();
            case LocalDateTime moment -> moment.toString();
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            default -> value;
        };
    }
}
