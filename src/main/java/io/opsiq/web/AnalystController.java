package io.opsiq.web;

import io.opsiq.analyst.Analyst;
import io.opsiq.analyst.Answer;
import io.opsiq.analyst.Question;
import io.opsiq.analyst.Reply.Answered;
import io.opsiq.analyst.Reply.Refused;
import io.opsiq.learning.Feedback;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.FeedbackOutcome.DoesNotFit;
import io.opsiq.learning.FeedbackOutcome.UnknownTarget;
import io.opsiq.learning.Memory;
import io.opsiq.learning.Verdicts;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Analyst: questions in plain words, answers with chart, table and SQL. */
@Controller
final class AnalystController {

    private static final int EARLIER = 12;
    private static final int MOST_ROWS = 100;
    private static final List<String> SUGGESTED = List.of(
            "What is total revenue?",
            "Show me monthly revenue trend",
            "Show me refunds by region",
            "Top 5 customers by refunds",
            "Refund rate by month",
            "Why did refunds change this month?",
            "How many open cases by anomaly type?");

    private final Analyst analyst;
    private final Verdicts verdicts;
    private final Memory memory;
    private final Frame frame;

    AnalystController(Analyst analyst, Verdicts verdicts, Memory memory, Frame frame) {
        this.analyst = analyst;
        this.verdicts = verdicts;
        this.memory = memory;
        this.frame = frame;
    }

    @GetMapping("/analyst")
    String start(Model model) {
        model.addAttribute("suggested", SUGGESTED);
        model.addAttribute("earlier", analyst.newest(EARLIER));
        return "analyst";
    }

    /** @param context the answer that the question goes on from; blank when it stands by itself */
    @PostMapping("/analyst")
    String ask(
            @RequestParam(name = "question", defaultValue = "") String text,
            @RequestParam(name = "context", defaultValue = "") String context) {
        boolean concise = memory.explanationStyle().equals("concise");
        var question = new Question(text.strip(), context.isBlank() ? null : context, concise);
        return switch (analyst.ask(question)) {
            case Answered answered ->
                Redirect.to("/analyst/" + answered.answer().answerId());
            case Refused refused -> throw PageRefusal.doesNotFit(refused.message());
        };
    }

    @GetMapping("/analyst/{id}")
    String answer(@PathVariable("id") String id, HttpServletRequest request, Model model) {
        Answer answer = analyst.find(id)
                .orElseThrow(() -> PageRefusal.unknown("There is no answer " + id + ". Maybe ask again."));
        model.addAttribute("answer", answer);
        model.addAttribute("figure", Figure.of(answer.chartData(), frame.shown(request)));
        model.addAttribute("rows", answer.rows().stream().limit(MOST_ROWS).toList());
        model.addAttribute("said", inForce(verdicts.onAnswer(id)));
        return start(model);
    }

    private static @Nullable Feedback inForce(List<Feedback> all) {
        return all.stream().filter(Feedback::inForce).findFirst().orElse(null);
    }

    @PostMapping("/analyst/{id}/feedback")
    String say(@PathVariable("id") String id, @RequestParam(name = "said", defaultValue = "") String said) {
        return switch (verdicts.give(FeedbackGiven.onAnswer(id, said))) {
            case Accepted _ -> Redirect.to("/analyst/" + id);
            case UnknownTarget unknown -> throw PageRefusal.unknown(unknown.message());
            case DoesNotFit wrong -> throw PageRefusal.doesNotFit(wrong.message());
        };
    }
}
