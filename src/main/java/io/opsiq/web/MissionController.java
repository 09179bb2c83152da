package io.opsiq.web;

import io.opsiq.actions.Action;
import io.opsiq.actions.ActionStatus;
import io.opsiq.actions.Actions;
import io.opsiq.cases.CaseFilter;
import io.opsiq.cases.CaseSort;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Mission Control: the last run, what it found and decided, and the next one. */
@Controller
final class MissionController {

    private static final int TOP_CASES = 5;
    private static final int SHOWN_ACTIONS = 8;
    private static final int EARLIER_RUNS = 8;

    private final Investigations investigations;
    private final RunQueue queue;
    private final RunWatch watch;
    private final Cases cases;
    private final Actions actions;
    private final Evaluations evaluations;

    MissionController(
            Investigations investigations, RunQueue queue, Cases cases, Actions actions, Evaluations evaluations) {
        this.investigations = investigations;
        this.queue = queue;
        this.watch = new RunWatch(queue);
        this.cases = cases;
        this.actions = actions;
        this.evaluations = evaluations;
    }

    @GetMapping("/")
    String mission(Model model) {
        model.addAttribute("live", watch.now().orElse(null));
        model.addAttribute("key", UUID.randomUUID().toString());
        List<RunView> newest = queue.newest(EARLIER_RUNS + 1);
        model.addAttribute("runs", newest);
        model.addAttribute(
                "failed",
                newest.stream().findFirst().filter(MissionController::isLost).orElse(null));
        Optional<Run> last = investigations.latest();
        model.addAttribute("run", last.orElse(null));
        last.map(Run::result).ifPresent(result -> found(model, result));
        return "mission";
    }

    private void found(Model model, RunResult result) {
        model.addAttribute("result", result);
        var open = new CaseFilter(CaseStatus.OPEN, null, null, null, null, null);
        model.addAttribute("queue", cases.queue(open, CaseSort.EXPECTED, 0, TOP_CASES));
        model.addAttribute("actions", shown());
        model.addAttribute(
                "waiting", actions.count(ActionStatus.PENDING_APPROVAL) + actions.count(ActionStatus.PROPOSED));
        model.addAttribute("evaluation", evaluations.latestOf(result.runId()).orElse(null));
        model.addAttribute("reasoning", Decided.of(result));
    }

    /** Those that wait for someone first, then what was decided last. */
    private List<Action> shown() {
        return Stream.of(
                        ActionStatus.PENDING_APPROVAL,
                        ActionStatus.PROPOSED,
                        ActionStatus.APPROVED,
                        ActionStatus.DONE,
                        ActionStatus.FAILED,
                        ActionStatus.DECLINED)
                .flatMap(status -> actions.newest(status, SHOWN_ACTIONS).stream())
                .limit(SHOWN_ACTIONS)
                .toList();
    }

    private static boolean isLost(RunView run) {
        return run.hasEnded() && !run.isCompleted();
    }
}
