package io.opsiq.web;

import io.opsiq.cases.Cases;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.Verdicts;
import io.opsiq.problems.SystemicProblem;
import io.opsiq.problems.SystemicProblems;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Systemic problems: the list, and a page for each with its cases and one verdict for all of them. */
@Controller
final class ProblemPagesController {

    private static final int MOST_LINES = 50;

    private final SystemicProblems problems;
    private final Cases cases;
    private final Verdicts verdicts;

    ProblemPagesController(SystemicProblems problems, Cases cases, Verdicts verdicts) {
        this.problems = problems;
        this.cases = cases;
        this.verdicts = verdicts;
    }

    @GetMapping("/cases/problems")
    String list(@RequestParam(name = "page", defaultValue = "1") String page, Model model) {
        Pager pager = Pager.of(Choice.page(page), problems.count());
        model.addAttribute("problems", problems.page((int) (pager.page() - 1) * Choice.ROWS, Choice.ROWS));
        model.addAttribute("pager", pager);
        return "problems";
    }

    @GetMapping("/cases/problems/{id}")
    String page(@PathVariable("id") String id, Model model) {
        SystemicProblem problem = problems.find(id).orElseThrow(() -> unknown(id));
        model.addAttribute("problem", problem);
        model.addAttribute(
                "lines",
                cases.lines(problem.caseIds().stream().limit(MOST_LINES).toList()));
        return "problem";
    }

    @PostMapping("/cases/problems/{id}/verdict")
    String judge(
            @PathVariable("id") String id,
            @RequestParam(name = "verdict", defaultValue = "") String verdict,
            @RequestParam(name = "comment", defaultValue = "") String comment) {
        FeedbackOutcome outcome = problems.answer(id, FeedbackGiven.onCase(id, verdict, comment, null), verdicts);
        return switch (outcome) {
            case Accepted _ -> Redirect.to("/cases/problems/" + id);
            case FeedbackOutcome.UnknownTarget gone -> throw PageRefusal.unknown(gone.message());
            case FeedbackOutcome.DoesNotFit wrong -> throw PageRefusal.doesNotFit(wrong.message());
        };
    }

    private static PageRefusal unknown(String id) {
        return PageRefusal.unknown("There is no problem " + id + ". Maybe its cases are resolved.");
    }
}
