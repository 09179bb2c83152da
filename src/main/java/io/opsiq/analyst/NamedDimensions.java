package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The dimensions that a question splits its numbers by. */
final class NamedDimensions {

    private final Sentence sentence;

    NamedDimensions(Sentence sentence) {
        this.sentence = sentence;
    }

    List<String> dimensions() {
        Set<String> named = new LinkedHashSet<>();
        for (int i = 0; i < sentence.spans().size(); i++) {
            int at = i;
            sentence.at(at)
                    .dimension()
                    .filter(dimension -> !isOnlyANoun(at, dimension))
                    .ifPresent(named::add);
        }
        return List.copyOf(named);
    }

    /** In "region EMEA" and "enterprise customers" the noun only says what the value is. */
    private boolean isOnlyANoun(int at, String dimension) {
        boolean valueNext = sentence.is(at + 1, span -> span.isValueOf(dimension));
        if (!valueNext && sentence.is(at - 1, NamedDimensions::asksForGroups)) {
            return false;
        }
        return valueNext
                || sentence.is(at - 1, span -> span.isValueOf(dimension))
                || (dimension.equals("customer") && isOfValueBefore(at));
    }

    private static boolean asksForGroups(Span span) {
        return span.is(Cue.BY, Cue.WHICH, Cue.TOP, Cue.BOTTOM);
    }

    private boolean isOfValueBefore(int at) {
        return sentence.is(at - 1, Span::isValue)
                && sentence.spans().stream().limit(at).noneMatch(span -> asksForGroups(span) || span.is(Cue.LIST));
    }

    /** Throws {@link Unclear} where a "by" leads to nothing. */
    void requireByToLead(String what) {
        for (int i = 0; i < sentence.spans().size(); i++) {
            boolean leads = sentence.is(i + 1, next -> next.isMetric() || next.isValue() || next.isTime());
            if (sentence.at(i).is(Cue.BY) && !leads) {
                throw new Unclear("I cannot tell by what " + what + " shall be split.");
            }
        }
    }
}
