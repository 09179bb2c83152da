package io.opsiq.api;

import io.opsiq.actions.Action;
import io.opsiq.actions.ActionDecision;
import io.opsiq.actions.ActionStatus;
import io.opsiq.actions.Actions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Remediation actions and people's decisions on them. */
@RestController
final class ActionController {

    private static final int LISTED = 1_000;
    private static final int MOST_LISTED = 10_000;
    private static final int LONGEST_COMMENT = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final String LOCAL = "local";

    private final Actions actions;

    ActionController(Actions actions) {
        this.actions = actions;
    }

    record ActionList(List<Action> actions, long count) {}

    @GetMapping("/actions")
    ActionList list(
            @RequestParam(name = "status", required = false) @Nullable String word,
            @RequestParam(name = "limit", required = false) @Nullable String limit) {
        @Nullable ActionStatus status = status(word);
        return new ActionList(
                actions.newest(status, Parameters.limit(limit, LISTED, MOST_LISTED)), actions.count(status));
    }

    private static @Nullable ActionStatus status(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return ActionStatus.of(word)
                .orElseThrow(() -> Refusal.field(
                        "status",
                        "status is '%s'; it can be %s."
                                .formatted(
                                        word,
                                        Arrays.stream(ActionStatus.values())
                                                .map(ActionStatus::word)
                                                .collect(Collectors.joining(", ")))));
    }

    @PostMapping("/actions/{id}/approve")
    Action approve(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return decide(id, ActionStatus.APPROVED, Fields.of(body));
    }

    @PostMapping("/actions/{id}/decline")
    Action decline(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return decide(id, ActionStatus.DECLINED, Fields.of(body));
    }

    @PostMapping("/actions/{id}/done")
    Action done(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return decide(id, ActionStatus.DONE, Fields.of(body));
    }

    @PostMapping("/actions/{id}/failed")
    Action failed(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return decide(id, ActionStatus.FAILED, Fields.of(body));
    }

    private Action decide(String id, ActionStatus to, Fields body) {
        @Nullable String reviewer = body.textOrNull("reviewer", LONGEST_NAME);
        @Nullable String comment = body.textOrNull("comment", LONGEST_COMMENT);
        body.check();
        return switch (actions.decide(id, to, reviewer == null ? LOCAL : reviewer, comment == null ? "" : comment)) {
            case ActionDecision.Taken(Action action) -> action;
            case ActionDecision.Unknown unknown -> throw Refusal.unknown(unknown.message());
            case ActionDecision.NotNow(Action action, String message) -> throw Refusal.conflict(message);
        };
    }
}
