package io.opsiq.reasoning;

import io.opsiq.reasoning.ChatClient.Form;
import io.opsiq.reasoning.Decision.Because;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The line to one model, shared by all who ask: breaker, places, retries, and the form of answer that the server can give. */
final class Line {

    private static final int MOST_RETRIES = 2;
    private static final int FIRST_WAIT_MILLIS = 400;
    private static final int CHARACTERS_A_TOKEN = 4;

    private final ChatClient client;
    private final Breaker breaker;
    private final Semaphore places;
    private volatile Form form = Form.STRICT;

    Line(ChatClient client, Limits limits, Clock clock) {
        this.client = client;
        this.breaker = new Breaker(clock, limits.failures(), limits.pause());
        this.places = new Semaphore(limits.atOnce(), true);
    }

    boolean isPaused() {
        return breaker.isOpen();
    }

    /** The form that the server gave last. */
    Form form() {
        return form;
    }

    /** @throws CallFailure when there is no answer before the deadline */
    Reply ask(Prompt prompt, Deadline deadline, Budget budget) {
        takePlace(deadline);
        try {
            if (!breaker.lets()) {
                throw new CallFailure(Because.PAUSED);
            }
            return watched(prompt, deadline, budget);
        } finally {
            places.release();
        }
    }

    private void takePlace(Deadline deadline) {
        try {
            if (!places.tryAcquire(deadline.left().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CallFailure(Because.BUSY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(Because.INTERRUPTED);
        }
    }

    private Reply watched(Prompt prompt, Deadline deadline, Budget budget) {
        boolean told = false;
        try {
            Reply reply = patiently(prompt, deadline, budget);
            breaker.succeeded();
            told = true;
            return reply;
        } catch (CallFailure failure) {
            tell(failure);
            told = true;
            throw failure;
        } finally {
            if (!told) {
                breaker.gaveUp();
            }
        }
    }

    private void tell(CallFailure failure) {
        if (failure.because() == Because.KEY_REFUSED) {
            breaker.open();
        } else if (failure.isTrouble()) {
            breaker.failed();
        } else {
            breaker.gaveUp();
        }
    }

    private Reply patiently(Prompt prompt, Deadline deadline, Budget budget) {
        for (int retries = 0; ; retries++) {
            try {
                return inSomeForm(prompt, deadline, budget);
            } catch (CallFailure failure) {
                Duration wait = wait(failure, retries);
                if (retries == MOST_RETRIES || !failure.mayPass() || wait.compareTo(deadline.left()) >= 0) {
                    throw failure;
                }
                sleep(wait);
            }
        }
    }

    /** Twice as long each time, up to half of it by chance, so that many do not come back at once. */
    private static Duration wait(CallFailure failure, int retries) {
        long longest = (long) FIRST_WAIT_MILLIS << retries;
        Duration ours =
                Duration.ofMillis(longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2));
        Duration theirs = failure.retryAfter();
        return theirs == null || theirs.compareTo(ours) < 0 ? ours : theirs;
    }

    private static void sleep(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailure(Because.INTERRUPTED);
        }
    }

    /** A server that refuses the request may only not know the form; what works is remembered. */
    private Reply inSomeForm(Prompt prompt, Deadline deadline, Budget budget) {
        Form tried = form;
        while (true) {
            try {
                Reply reply = paid(prompt, tried, deadline, budget);
                form = tried;
                return reply;
            } catch (CallFailure failure) {
                Optional<Form> looser = tried.looser();
                if (failure.because() != Because.REQUEST_REFUSED || looser.isEmpty()) {
                    throw failure;
                }
                tried = looser.get();
            }
        }
    }

    private Reply paid(Prompt prompt, Form in, Deadline deadline, Budget budget) {
        int estimate = prompt.estimate();
        if (deadline.passed()) {
            throw new CallFailure(Because.TIME_OUT);
        }
        if (!budget.takes(estimate)) {
            throw new CallFailure(Because.BUDGET);
        }
        Reply reply = client.ask(prompt, in, deadline);
        budget.settles(estimate, Math.max(reply.tokens(), reply.text().length() / CHARACTERS_A_TOKEN));
        return reply;
    }
}
