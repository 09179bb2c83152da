package io.opsiq.reasoning;

import java.time.Duration;

/**
 * How much of time, money and memory the model may take.
 *
 * @param connect until a connection stands
 * @param call until a whole answer is there
 * @param decision until a decision is made, with retries and a repair
 * @param run of waiting in one run
 * @param calls requests in one run, retries counted
 * @param tokens in one run, in and out
 * @param failures in a row that open the breaker
 * @param pause for which it stays open
 * @param atOnce calls at a time
 * @param answerBytes of an answer's body; more is not read
 */
record Limits(
        Duration connect,
        Duration call,
        Duration decision,
        Duration run,
        int calls,
        int tokens,
        int failures,
        Duration pause,
        int atOnce,
        int answerBytes) {

    static final Limits DEFAULT = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            30,
            60_000,
            3,
            Duration.ofMinutes(1),
            4,
            1_000_000);

    Limits withDecision(Duration longest) {
        Duration each = longest.multipliedBy(3).dividedBy(4); // leaves time for a retry
        return new Limits(connect, each, longest, run, calls, tokens, failures, pause, atOnce, answerBytes);
    }

    Limits withRun(Duration longest, int mostCalls, int mostTokens) {
        return new Limits(
                connect, call, decision, longest, mostCalls, mostTokens, failures, pause, atOnce, answerBytes);
    }
}
