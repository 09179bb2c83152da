package io.opsiq.learning;

import io.opsiq.reasoning.Answers.Learnable;
import io.opsiq.reasoning.Answers.Lesson;
import io.opsiq.reasoning.Decision;
import io.opsiq.reasoning.Facts;
import io.opsiq.reasoning.Questions;
import io.opsiq.reasoning.Reasoning;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * Asks a language model, where there is one, what a false positive teaches. Nobody waits for it: the verdict is stored and has
 * taken effect by then. What it says is a proposal within the limit's bounds, kept beside that of the rules, and changes nothing.
 */
public final class Teacher {

    private final Reasoning reasoning;
    private final Memory memory;
    private final Executor executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Phaser atWork = new Phaser(1);

    public Teacher(Reasoning reasoning, Memory memory) {
        this.reasoning = reasoning;
        this.memory = memory;
    }

    /** Takes up a verdict in its own time. */
    void consider(Feedback feedback) {
        @Nullable String type = feedback.anomalyType();
        if (type == null || feedback.feedbackType() != FeedbackType.FALSE_POSITIVE || !reasoning.isSetUp()) {
            return;
        }
        memory.learnable(type).ifPresent(limit -> {
            atWork.register();
            var _ = CompletableFuture.runAsync(() -> ask(feedback, type, limit), executor)
                    .whenComplete((done, failed) -> atWork.arriveAndDeregister());
        });
    }

    private void ask(Feedback feedback, String type, Learnable limit) {
        Facts facts = Facts.builder()
                .id("type", type)
                .code("verdict", feedback.feedbackType())
                .id("case", feedback.targetId())
                .number("verdicts_needed_before_a_limit_moves", LimitProposals.ENOUGH)
                .build();
        Decision<Lesson> decision = reasoning
                .once()
                .decide(Questions.lesson(facts, List.of(limit)), () -> Lesson.none("The rules propose by themselves."));
        Lesson lesson = decision.answer();
        @Nullable String key = lesson.parameter();
        @Nullable BigDecimal to = lesson.to();
        if (decision.byModel() && key != null && to != null) {
            memory.propose(feedback.feedbackId(), key, to, lesson.reason());
        }
    }

    /** Waits until everything that was taken up is done. */
    public void await() {
        atWork.awaitAdvance(atWork.arrive());
    }
}
