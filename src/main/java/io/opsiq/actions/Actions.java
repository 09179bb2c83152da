package io.opsiq.actions;

import io.opsiq.actions.ActionDecision.NotNow;
import io.opsiq.actions.ActionDecision.Taken;
import io.opsiq.actions.ActionDecision.Unknown;
import io.opsiq.actions.ActionPolicy.Proposal;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Detector.Severity;
import io.opsiq.state.State;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** All actions of a state. Their audit trail is only ever added to. */
public final class Actions {

    /** Who decides when no person does. */
    public static final String OPSIQ = "opsiq";

    private static final int MOST_URGENT = 20;
    private static final String NOT_SENT =
            "Proposed. OpsIQ sends nothing by itself: it is shown here until a person says what became of it.";

    private final State state;
    private final Cases cases;
    private final Clock clock;
    private final ActionRepository repository = new ActionRepository();

    public Actions(State state, Cases cases, Clock clock) {
        this.state = state;
        this.cases = cases;
        this.clock = clock;
    }

    /** Proposes what the cases of the run call for, once a case, inside the run's transaction; answers with what is new. */
    public List<Action> propose(DSLContext transaction, String runId) {
        CaseQuery open = CaseQuery.ofRun(runId).withStatus(CaseStatus.OPEN);
        var severe = cases.list(transaction, open.atLeast(Severity.HIGH).page(MOST_URGENT, null));
        List<Case> urgent = new ArrayList<>(severe.cases());
        if (urgent.isEmpty()) {
            urgent.addAll(cases.list(transaction, open.page(1, null)).cases());
        }
        Set<String> known = urgent.stream()
                .map(Case::caseId)
                .filter(caseId -> repository.isKnown(transaction, caseId))
                .collect(Collectors.toSet());
        return ActionPolicy.propose(urgent, severe.count(), known).stream()
                .map(proposal -> add(transaction, runId, proposal))
                .toList();
    }

    private Action add(DSLContext transaction, String runId, Proposal proposal) {
        String actionId = repository.add(transaction, runId, proposal, now());
        String detail = proposal.type() == ActionType.SEND_ALERT ? NOT_SENT : proposal.reason();
        repository.append(transaction, actionId, proposal.status(), OPSIQ, detail, now());
        return repository.find(transaction, actionId).orElseThrow();
    }

    /** Takes back what is open for cases whose fact is gone, and brings it back when the fact is, inside the run's transaction. */
    public void settle(DSLContext transaction) {
        repository.casesWithOpenActions(transaction).stream()
                .filter(caseId -> isNow(transaction, caseId, CaseStatus.RESOLVED))
                .forEach(caseId -> decline(transaction, caseId, "The books no longer show the fact of its case."));
        repository.casesWithActionsDeclinedByOpsiq(transaction).stream()
                .filter(caseId -> isNow(transaction, caseId, CaseStatus.OPEN))
                .forEach(caseId -> reopen(transaction, caseId, "The fact of its case is back in the books."));
    }

    private boolean isNow(DSLContext transaction, String caseId, CaseStatus status) {
        return cases.find(transaction, caseId)
                .filter(each -> each.status() == status)
                .isPresent();
    }

    /** Takes back what is still open for a case, inside the transaction of the verdict that ended it. */
    public void decline(DSLContext transaction, String caseId, String why) {
        repository
                .open(transaction, caseId)
                .forEach(action ->
                        repository.move(transaction, action.actionId(), ActionStatus.DECLINED, OPSIQ, why, now()));
    }

    /** Brings back what a verdict on the case took away, inside the transaction that withdraws the verdict. */
    public void reopen(DSLContext transaction, String caseId, String why) {
        repository.declinedByOpsiq(transaction, caseId).forEach(action -> {
            ActionStatus before =
                    action.auditTrail().get(action.auditTrail().size() - 2).status();
            repository.move(transaction, action.actionId(), before, OPSIQ, why, now());
        });
    }

    /**
     * A person's decision or report: approved, declined, done or failed.
     *
     * @param actor who says so
     * @param comment what they said; may be empty
     */
    public ActionDecision decide(String actionId, ActionStatus to, String actor, String comment) {
        return state.transaction(context -> {
            Optional<Action> action = repository.find(context, actionId);
            if (action.isEmpty()) {
                return new Unknown(actionId);
            }
            Optional<String> refusal = refusal(context, action.get(), to, actor);
            if (refusal.isPresent()) {
                return new NotNow(action.get(), refusal.get());
            }
            move(context, action.get(), to, actor, comment);
            return new Taken(repository.find(context, actionId).orElseThrow());
        });
    }

    private Optional<String> refusal(DSLContext context, Action action, ActionStatus to, String actor) {
        if (actor.strip().equalsIgnoreCase(OPSIQ)) {
            return Optional.of("Decisions under the name opsiq are OpsIQ's own. Maybe use your own name.");
        }
        if (!to.reachedFrom().contains(action.status())) {
            return Optional.of("The action %s is %s and cannot become %s."
                    .formatted(action.actionId(), action.status().word(), to.word()));
        }
        if (to == ActionStatus.DONE && action.actionType() == ActionType.CREATE_CASE) {
            return missingApproval(context, action)
                    .map(task -> "The action %s needs the approval of %s, which is %s."
                            .formatted(
                                    action.actionId(),
                                    task.actionId(),
                                    task.status().word()));
        }
        return Optional.empty();
    }

    private Optional<Action> missingApproval(DSLContext context, Action action) {
        String caseId = action.caseId();
        return caseId == null
                ? Optional.empty()
                : repository.ofCase(context, caseId).stream()
                        .filter(other -> other.actionType() == ActionType.APPROVAL_TASK)
                        .filter(task -> task.status() != ActionStatus.APPROVED && task.status() != ActionStatus.DONE)
                        .findFirst();
    }

    private void move(DSLContext context, Action action, ActionStatus to, String actor, String comment) {
        String detail = comment.isBlank() ? "By " + actor + "." : comment;
        repository.move(context, action.actionId(), to, actor, detail, now());
        String caseId = action.caseId();
        if (caseId != null) {
            cases.tell(context, caseId, "action", "%s %s by %s.".formatted(action.actionId(), to.word(), actor));
        }
    }

    public Optional<Action> find(String actionId) {
        return state.read(context -> repository.find(context, actionId));
    }

    /** The newest first, at most this many. */
    public List<Action> newest(@Nullable ActionStatus status, int most) {
        return state.read(context -> repository.newest(context, status, most));
    }

    /** How many there are of this status, or in all. */
    public long count(@Nullable ActionStatus status) {
        return state.read(context -> repository.count(context, status));
    }

    /** What the run proposed, and what earlier runs proposed and still waits for a decision. */
    public List<Action> ofRun(String runId) {
        return state.read(context -> repository.ofRun(context, runId));
    }

    /** The actions about a case, oldest first. */
    public List<Action> ofCase(String caseId) {
        return state.read(context -> repository.ofCase(context, caseId));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
