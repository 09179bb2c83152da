package io.opsiq.analyst;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A number that can be asked for.
 *
 * @param label how answers call it, in the middle of a sentence
 * @param description its definition, the end of a sentence that begins "… is"
 * @param synonyms what else it is called
 * @param dataset of a sum or count: where it is counted; of others that of their first part
 * @param value of a sum: the field that is added up
 * @param where of a sum or count: which rows, with {@code {field}} for fields
 * @param of of a difference or ratio: the two metrics
 * @param time the field that dates a fact; null where it is known as of the clock only
 * @param dimensions what it can be split by, besides time
 * @param countedAs the metric that "how many" asks for; null where it cannot be counted
 * @param each the metric that counts what the sum is made of
 * @param beside a metric that is shown with it
 * @param defaults filters that hold unless the question says otherwise
 * @param hidden whether it is only a part of others
 */
record Metric(
        String name,
        String label,
        String description,
        List<String> synonyms,
        Kind kind,
        String dataset,
        @Nullable String value,
        @Nullable String where,
        List<String> of,
        Unit unit,
        @Nullable String time,
        List<String> dimensions,
        Good good,
        String noun,
        String nouns,
        @Nullable String countedAs,
        @Nullable String each,
        @Nullable String beside,
        Map<String, List<String>> defaults,
        boolean hidden) {

    /** How it is computed. */
    enum Kind {
        SUM,
        COUNT,
        DIFFERENCE,
        RATIO
    }

    /** What it is counted in. */
    enum Unit {
        MONEY,
        COUNT,
        /** A ratio, shown in per cent. */
        SHARE,
        UNITS
    }

    /** Which way is good news. */
    enum Good {
        UP,
        DOWN
    }

    boolean isRatio() {
        return kind == Kind.RATIO;
    }

    boolean isBase() {
        return kind == Kind.SUM || kind == Kind.COUNT;
    }

    /** Whether its parts add up to it. */
    boolean isAdditive() {
        return !isRatio();
    }

    boolean isMoney() {
        return unit == Unit.MONEY;
    }

    /** Whether it is about cases and not about the books. */
    boolean isOfCases() {
        return dataset.equals(CaseTable.NAME);
    }

    /** Whether its label is: "refunds are", but "number of refunds is". */
    boolean isPlural() {
        return label.endsWith("s") && !label.startsWith("number of");
    }
}
