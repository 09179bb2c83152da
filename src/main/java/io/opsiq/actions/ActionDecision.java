package io.opsiq.actions;

/** What became of a decision on an action. */
public sealed interface ActionDecision {

    /** It was taken. */
    record Taken(Action action) implements ActionDecision {}

    /** There is no such action. */
    record Unknown(String actionId) implements ActionDecision {

        public String message() {
            return "There is no action '" + actionId + "'. Maybe look it up among all actions.";
        }
    }

    /** The action is in a state that does not allow it. */
    record NotNow(Action action, String message) implements ActionDecision {}
}
