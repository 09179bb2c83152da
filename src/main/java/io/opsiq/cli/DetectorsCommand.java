package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.FixtureRuns;
import io.opsiq.detectors.FixtureRuns.Result;
import io.opsiq.detectors.Pack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The catalogue of detectors. */
@Command(
        name = "detectors",
        description = "The catalogue: list, show one, test all, or begin a new one.",
        subcommands = {
            DetectorsCommand.ListAll.class,
            DetectorsCommand.Show.class,
            DetectorsCommand.Test.class,
            NewDetectorCommand.class
        })
final class DetectorsCommand implements Runnable {

    private final Console console;

    @Mixin
    StateOption state = new StateOption();

    DetectorsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        list(console, state.open().pack());
    }

    private static void list(Console console, Pack pack) {
        console.print("%-24s %-13s %-8s %s", "ID", "MATURITY", "PRIOR", "WHAT LEAKS");
        pack.detectors()
                .forEach(detector -> console.print(
                        "%-24s %-13s %-8s %s",
                        detector.id(), CaseTable.word(detector.maturity()), detector.prior(), detector.leak()));
    }

    private static Detector find(Pack pack, String id) {
        return pack.detector(id)
                .orElseThrow(() -> new CommandFailure("There is no detector " + id + ". There are: "
                        + String.join(
                                ", ",
                                pack.detectors().stream().map(Detector::id).toList()) + "."));
    }

    @Command(name = "list", description = "Lists all detectors.")
    static final class ListAll implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        ListAll(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            list(console, state.open().pack());
        }
    }

    @Command(name = "show", description = "Shows one detector: limits, needs, ways to be wrong, SQL.")
    static final class Show implements Runnable {

        private final Console console;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", description = "The detector's id.")
        String id = "";

        Show(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            Detector detector = find(state.open().pack(), id);
            console.print("%s (%s, %s)", detector.name(), detector.id(), CaseTable.word(detector.maturity()));
            console.print(detector.leak());
            console.print(
                    "Prior precision %s · phase %s · money %s%s",
                    detector.prior(),
                    CaseTable.word(detector.phase()),
                    CaseTable.word(detector.money()).replace('_', ' '),
                    detector.inTotals() ? "" : ", not added to totals");
            section(
                    "Needs",
                    detector.requires().entrySet().stream()
                            .map(need -> need.getKey() + ": " + String.join(", ", need.getValue()))
                            .toList());
            section(
                    "Limits",
                    detector.params().entrySet().stream().map(Show::limit).toList());
            section("Names in a case", detector.entity());
            section("Goes before", detector.specificOver());
            section("Can be wrong", detector.falsePositives());
            section("Known gaps", detector.knownGaps());
            section("Assumes", detector.assumptions());
            section("What to do", List.of(detector.recommendedAction()));
            section("References", detector.references());
            section("Triage", detector.triage().strip().lines().toList());
            console.print("");
            console.print(detector.query().strip());
        }

        private static String limit(Map.Entry<String, Detector.Param> entry) {
            Detector.Param limit = entry.getValue();
            return "%s = %s %s (%s to %s, step %s%s): %s"
                    .formatted(
                            entry.getKey(),
                            limit.value(),
                            limit.unit(),
                            limit.min(),
                            limit.max(),
                            limit.step(),
                            limit.learnable() ? ", learnable" : "",
                            limit.about());
        }

        private void section(String title, List<String> lines) {
            if (!lines.isEmpty()) {
                console.print("");
                console.print(title);
                lines.forEach(line -> console.print("  " + line));
            }
        }
    }

    @Command(name = "test", description = "Runs the detectors' own fixtures.")
    static final class Test implements IExitCodeGenerator, Runnable {

        private final Console console;
        private boolean failed;

        @Mixin
        StateOption state = new StateOption();

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these detectors.")
        List<String> ids = new ArrayList<>();

        Test(Console console) {
            this.console = console;
        }

        @Override
        public void run() {
            OpsIQ opsiq = state.open();
            Pack pack = opsiq.pack();
            FixtureRuns runs = opsiq.fixtureRuns(pack);
            List<Detector> chosen = ids.isEmpty()
                    ? pack.detectors()
                    : ids.stream().map(id -> find(pack, id)).toList();
            int passed = 0;
            int wrong = 0;
            for (Detector detector : chosen) {
                console.progress("testing " + detector.id());
                for (Result result : runs.run(detector)) {
                    passed += result.passed() ? 1 : 0;
                    wrong += result.passed() ? 0 : 1;
                    report(result);
                }
            }
            console.clearProgress();
            console.print("%d passed, %d failed", passed, wrong);
            failed = wrong > 0;
        }

        private void report(Result result) {
            Optional.of(result).filter(each -> !each.passed()).ifPresent(each -> {
                console.clearProgress();
                console.print(
                        "FAILED %s/tests/%s: %s",
                        each.detector(), each.fixture().file(), each.fixture().name());
                each.problems().forEach(problem -> console.print("  " + problem));
            });
        }

        @Override
        public int getExitCode() {
            return failed ? Failures.FAILED : 0;
        }
    }
}
