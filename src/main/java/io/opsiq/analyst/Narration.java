package io.opsiq.analyst;

import java.util.ArrayList;
import java.util.List;

/** Puts a result in sentences. It computes nothing: each number stands in the result. */
record Narration(Computed computed) {

    Told told() {
        Told told = ofIntent();
        Phrasing phrasing = computed.phrasing();
        List<String> rest = new ArrayList<>(told.rest());
        if (computed.plan().intent() != Intent.LIST) {
            rest.addAll(
                    phrasing.currencies(computed.money(), computed.currencies().count()));
        }
        rest.addAll(phrasing.reservations());
        if (computed.result().grid().capped()) {
            rest.add("There are more rows than are shown.");
        }
        return new Told(told.first(), rest);
    }

    private Told ofIntent() {
        Intent intent = computed.plan().intent();
        if (computed.result().isEmpty() && intent != Intent.LIST && intent != Intent.DEFINITION) {
            return nothing(computed);
        }
        return switch (intent) {
            case VALUE -> new ValueNarration(computed).told();
            case DEFINITION -> new ValueNarration(computed).definition();
            case BREAKDOWN -> new GroupsNarration(computed).breakdown();
            case TOP -> new GroupsNarration(computed).ranking();
            case SHARE -> new ShareNarration(computed).told();
            case TREND -> new TrendNarration(computed).told();
            case COMPARISON -> new ComparisonNarration(computed).told();
            case LIST -> new ListNarration(computed).told();
            case WHY -> new WhyNarration(computed).told();
        };
    }

    static Told nothing(Computed computed) {
        Phrasing phrasing = computed.phrasing();
        return Told.of(
                "There is nothing to show for " + phrasing.subject(computed.metric()) + " " + phrasing.when() + ".");
    }
}
