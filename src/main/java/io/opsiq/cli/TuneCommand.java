package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.books.Money;
import io.opsiq.detectors.Detector;
import io.opsiq.evaluation.Interval;
import io.opsiq.investigation.LimitPreview;
import io.opsiq.json.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What another limit would do, before anybody sets it. */
@Command(name = "tune", description = "Shows what other limits of a detector would do on the books of the last run.")
final class TuneCommand implements Runnable {

    private static final int NAMED = 20;

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    @Parameters(paramLabel = "DETECTOR", description = "The detector's id.")
    String id = "";

    @Option(
            names = "--set",
            paramLabel = "LIMIT=VALUE",
            required = true,
            description = "A limit to try, such as min_gap=25; several are tried together.")
    Map<String, BigDecimal> limits = new LinkedHashMap<>();

    @Option(names = "--json", description = "Print the preview as JSON.")
    boolean json;

    TuneCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        OpsIQ opsiq = state.open();
        Detector detector = opsiq.pack()
                .detector(id)
                .orElseThrow(() ->
                        new CommandFailure("There is no detector " + id + ". Maybe look at: opsiq detectors list"));
        LimitPreview preview = preview(opsiq, detector);
        console.clearProgress();
        if (json) {
            console.outWriter().println(Json.pretty(preview));
        } else {
            print(preview);
        }
    }

    private LimitPreview preview(OpsIQ opsiq, Detector detector) {
        try {
            return opsiq.investigations()
                    .preview(detector, limits, console::progress)
                    .orElseThrow(() -> new CommandFailure(
                            "There are no books to try it on. Maybe begin with: opsiq run --data DIR"));
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private void print(LimitPreview preview) {
        console.print("%s with %s: %d cases instead of %d. Nothing was changed."
                .formatted(preview.detector(), preview.limits(), preview.after(), preview.before()));
        print("would go", preview.casesLost(), preview.moneyLost());
        print("would come", preview.casesGained(), preview.moneyGained());
        console.print("Precision of judged cases: %s, then %s."
                .formatted(shown(preview.precisionBefore()), shown(preview.precisionAfter())));
        console.print("Approved cases still found: %s.".formatted(shown(preview.recallAfter())));
    }

    private void print(String what, List<LimitPreview.Found> found, Map<String, BigDecimal> money) {
        console.print("%d %s%s".formatted(found.size(), what, found.isEmpty() ? "." : ": " + shown(money)));
        found.stream()
                .limit(NAMED)
                .forEach(each -> console.print("    %s  %s  %s  %s"
                        .formatted(
                                each.caseId(),
                                Money.shown(each.impact(), each.currency()),
                                each.status().word(),
                                each.title())));
        if (found.size() > NAMED) {
            console.print("    … and %d more: --json lists all.".formatted(found.size() - NAMED));
        }
    }

    private static String shown(Map<String, BigDecimal> money) {
        return money.entrySet().stream()
                .map(each -> Money.shown(each.getValue(), each.getKey()))
                .collect(Collectors.joining(", "));
    }

    static String shown(Interval interval) {
        return interval.value() == null
                ? "unknown (nothing judged)"
                : "%s (%s to %s, of %d)".formatted(interval.value(), interval.low(), interval.high(), interval.of());
    }
}
