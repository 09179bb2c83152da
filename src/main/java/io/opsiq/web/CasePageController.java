package io.opsiq.web;

import io.opsiq.OpsIQ;
import io.opsiq.actions.Actions;
import io.opsiq.books.RatedInvoice;
import io.opsiq.cases.Case;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Pack;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.FeedbackType.TargetType;
import io.opsiq.learning.Verdicts;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** A page per case, a glance at it from the queue, and what people say about it. */
@Controller
final class CasePageController {

    private final Cases cases;
    private final Actions actions;
    private final Verdicts verdicts;
    private final Supplier<Pack> pack;
    private final Function<String, Optional<RatedInvoice>> rate;

    CasePageController(Cases cases, Actions actions, Verdicts verdicts, OpsIQ opsiq) {
        this.cases = cases;
        this.actions = actions;
        this.verdicts = verdicts;
        this.pack = opsiq::pack;
        this.rate = opsiq::rate;
    }

    @GetMapping("/cases/{id}")
    String page(@PathVariable("id") String id, Model model) {
        Case each = known(id);
        model.addAttribute("case", each);
        model.addAttribute("detector", pack.get().detector(each.anomalyType()).orElse(null));
        model.addAttribute("actions", actions.ofCase(id));
        model.addAttribute("events", cases.events(id).reversed());
        model.addAttribute("feedback", verdicts.onCase(id).reversed());
        return "case";
    }

    /** What was due on the invoice that the case is about, read when somebody looks: within the case's page, or by itself. */
    @GetMapping("/cases/{id}/rating")
    String rating(
            @PathVariable("id") String id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String part,
            Model model) {
        Object invoice = known(id).affectedEntities().get("invoice_id");
        model.addAttribute(
                "rated", invoice == null ? null : rate.apply(invoice.toString()).orElse(null));
        model.addAttribute("id", id);
        return part == null ? "rating" : "parts/rating :: rating";
    }

    /** What the queue unfolds below a line. */
    @GetMapping("/cases/{id}/glance")
    String glance(@PathVariable("id") String id, Model model) {
        model.addAttribute("line", cases.line(id).orElseThrow(() -> unknown(id)));
        unfold(id, model);
        return "parts/line :: line";
    }

    private void unfold(String id, Model model) {
        model.addAttribute("case", known(id));
        model.addAttribute(
                "standing",
                verdicts.onCase(id).stream()
                        .filter(each -> each.inForce())
                        .findFirst()
                        .orElse(null));
    }

    /** The queue line as it was before it was unfolded. */
    @GetMapping("/cases/{id}/line")
    String line(@PathVariable("id") String id, Model model) {
        model.addAttribute("line", cases.line(id).orElseThrow(() -> unknown(id)));
        return "parts/line :: line";
    }

    @PostMapping("/cases/{id}/verdict")
    String judge(
            @PathVariable("id") String id,
            @RequestParam(name = "verdict", defaultValue = "") String verdict,
            @RequestParam(name = "comment", defaultValue = "") String comment,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        FeedbackOutcome outcome = verdicts.give(FeedbackGiven.onCase(id, verdict, comment, null));
        return switch (outcome) {
            case Accepted accepted -> after(id, accepted, partial, model);
            case FeedbackOutcome.UnknownTarget unknown -> throw PageRefusal.unknown(unknown.message());
            case FeedbackOutcome.DoesNotFit wrong -> throw PageRefusal.doesNotFit(wrong.message());
        };
    }

    @PostMapping("/verdicts/{id}/withdraw")
    String withdraw(
            @PathVariable("id") String id,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String partial,
            Model model) {
        Accepted withdrawn = verdicts.withdraw(id)
                .orElseThrow(() -> PageRefusal.conflict(
                        "This verdict is not in force any more. Maybe it was withdrawn or replaced on another page."));
        String target = withdrawn.feedback().targetId();
        return withdrawn.feedback().targetType() == TargetType.ANALYST
                ? Redirect.to("/analyst/" + target)
                : after(target, withdrawn, partial, model);
    }

    private String after(String caseId, Accepted accepted, @Nullable String partial, Model model) {
        if (partial == null) {
            return Redirect.to("/cases/" + caseId);
        }
        glance(caseId, model);
        model.addAttribute("moved", accepted.memoryUpdates());
        return "parts/line :: line";
    }

    private Case known(String id) {
        return cases.find(id).orElseThrow(() -> unknown(id));
    }

    private static PageRefusal unknown(String id) {
        return PageRefusal.unknown("There is no case " + id + ". Maybe look it up in Triage Cases.");
    }
}
