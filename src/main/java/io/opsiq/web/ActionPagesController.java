package io.opsiq.web;

import io.opsiq.actions.ActionDecision.NotNow;
import io.opsiq.actions.ActionDecision.Taken;
import io.opsiq.actions.ActionDecision.Unknown;
import io.opsiq.actions.ActionStatus;
import io.opsiq.actions.Actions;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** People's decisions on actions, and their reports of what became of them. */
@Controller
final class ActionPagesController {

    private static final String WHO = "local";

    private final Actions actions;

    ActionPagesController(Actions actions) {
        this.actions = actions;
    }

    @PostMapping("/actions/{id}/decide")
    String decide(
            @PathVariable("id") String id,
            @RequestParam(name = "to", defaultValue = "") String to,
            @RequestParam(name = "comment", defaultValue = "") String comment,
            @RequestParam(name = "back", defaultValue = "/") String back) {
        ActionStatus status =
                ActionStatus.of(to).orElseThrow(() -> PageRefusal.doesNotFit("An action cannot become '" + to + "'."));
        return switch (actions.decide(id, status, WHO, comment)) {
            case Taken _ -> Redirect.to(back);
            case Unknown unknown -> throw PageRefusal.unknown(unknown.message());
            case NotNow notNow -> throw PageRefusal.conflict(notNow.message());
        };
    }
}
