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
import io.opsiq.investigation.Reasoned;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunResult;
import io.opsiq.investigation.RunView;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Mission Control: the last run, what it found and decided, and the next one. */
@Controller
final class MissionController {

    private static final int TOP_CASES = 5;
    private static final int SHOWN_ACTIONS = 8;
    private static final int MOST_ACTIONS = 200;
    private static final Comparator<@Nullable BigDecimal> MOST_MONEY =
            Comparator.nullsFirst(Comparator.<BigDecimal>naturalOrder().reversed());
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
    String mission(@RequestParam(name = "actions", defaultValue = "") String which, Model model) {
        int shownActions = which.equals("all") ? MOST_ACTIONS : SHOWN_ACTIONS;
        model.addAttribute("live", watch.now().orElse(null));
        model.addAttribute("key", UUID.randomUUID().toString());
        List<RunView> newest = queue.newest(EARLIER_RUNS + 1);
        model.addAttribute("runs", newest);
        model.addAttribute(
                "failed",
                newest.stream().findFirst().filter(MissionController::isLost).orElse(null));
        Optional<Run> last = investigations.latest();
        model.addAttribute("run", last.orElse(null));
        last.map(Run::result).ifPresent(result -> found(model, result, shownActions));
        return "mission";
    }

    private void found(Model model, RunResult result, int shownActions) {
        model.addAttribute("result", result);
        var open = new CaseFilter(CaseStatus.OPEN, null, null, null, null, null);
        model.addAttribute("queue", cases.queue(open, CaseSort.EXPECTED, 0, TOP_CASES));
        model.addAttribute("actions", shown(shownActions));
        model.addAttribute(
                "waiting", actions.count(ActionStatus.PENDING_APPROVAL) + actions.count(ActionStatus.PROPOSED));
        model.addAttribute("moreActions", Math.max(0, actions.count(null) - shownActions));
        model.addAttribute("evaluation", evaluations.latestOf(result.runId()).orElse(null));
        model.addAttribute("strategyBy", speaker(result, "strategy"));
    }

    /** Those that wait for someone first, the most money first; then what was decided last. */
    private List<Action> shown(int most) {
        return Stream.concat(
                        Stream.of(ActionStatus.PENDING_APPROVAL, ActionStatus.PROPOSED)
                                .flatMap(status -> actions.newest(status, MOST_ACTIONS).stream()
                                        .sorted(Comparator.comparing(Action::estimatedImpact, MOST_MONEY))),
                        Stream.of(ActionStatus.APPROVED, ActionStatus.DONE, ActionStatus.FAILED, ActionStatus.DECLINED)
                                .flatMap(status -> actions.newest(status, most).stream()))
                .limit(most)
                .toList();
    }

    private static String speaker(RunResult result, String decision) {
        return result.reasoning().stream()
                .filter(said -> said.decision().equals(decision))
                .map(Reasoned::by)
                .findFirst()
                .orElse("rules");
    }

    private static boolean isLost(RunView run) {
        return run.hasEnded() && !run.isCompleted();
    }
}
