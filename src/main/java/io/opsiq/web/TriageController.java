package io.opsiq.web;

import io.opsiq.cases.CaseChanges;
import io.opsiq.cases.CaseQueue;
import io.opsiq.cases.Cases;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunResult;
import io.opsiq.problems.SystemicProblems;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Triage Cases: the queue. What is chosen is in the address. */
@Controller
final class TriageController {

    private static final int MOST_CHANGES = 8;

    private final Cases cases;
    private final Investigations investigations;
    private final SystemicProblems problems;
    private final RunWatch watch;

    TriageController(Cases cases, Investigations investigations, SystemicProblems problems, RunQueue queue) {
        this.cases = cases;
        this.investigations = investigations;
        this.problems = problems;
        this.watch = new RunWatch(queue);
    }

    @GetMapping("/cases")
    String queue(@RequestParam Map<String, String> parameters, Model model) {
        Choice choice = Choice.of(parameters);
        CaseQueue queue = cases.queue(choice.filter(), choice.sort(), choice.offset(), Choice.ROWS);
        if (queue.lines().isEmpty() && queue.count() > 0) {
            return "redirect:"
                    + choice.withPage(1 + (queue.count() - 1) / Choice.ROWS).url();
        }
        model.addAttribute("choice", choice);
        model.addAttribute("queue", queue);
        model.addAttribute("pager", Pager.of(choice.page(), queue.count()));
        model.addAttribute("live", watch.now().orElse(null));
        model.addAttribute("problemCount", problems.count());
        model.addAttribute("key", UUID.randomUUID().toString());
        Optional<Run> last = investigations.latest();
        model.addAttribute("run", last.orElse(null));
        model.addAttribute("changes", last.map(Run::result).map(this::changes).orElse(null));
        return "cases";
    }

    /** What the last run saw otherwise than the one before it on the same books. */
    private @Nullable CaseChanges changes(RunResult result) {
        String before = result.previousRunId();
        return before == null ? null : cases.changes(before, result.runId(), MOST_CHANGES);
    }
}
