package io.opsiq.actions;

/** What is to be done. */
public enum ActionType {
    /** The recommended action of a case. */
    CREATE_CASE,
    /** People are to be told of a run's severe cases. */
    SEND_ALERT,
    /** Someone has to agree before money of this size is moved. */
    APPROVAL_TASK
}
