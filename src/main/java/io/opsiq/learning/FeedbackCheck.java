package io.opsiq.learning;

import io.opsiq.learning.FeedbackOutcome.DoesNotFit;
import io.opsiq.learning.FeedbackType.TargetType;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks feedback field by field before anything is looked up. */
final class FeedbackCheck {

    private static final String DEFAULT_REVIEWER = "local";
    private static final int LONGEST_COMMENT = 10_000;
    private static final int LONGEST_NAME = 200;

    private FeedbackCheck() {}

    /** Feedback whose fields fit. */
    record Fit(
            String targetId,
            FeedbackType type,
            String comment,
            String reviewer,
            @Nullable String idempotencyKey) {

        Fit(FeedbackGiven given, FeedbackType type) {
            this(
                    text(given.targetId()),
                    type,
                    text(given.comment()),
                    Optional.of(text(given.reviewer()))
                            .filter(name -> !name.isEmpty())
                            .orElse(DEFAULT_REVIEWER),
                    given.idempotencyKey());
        }

        /** The same about another target; a key is taken once, so it does not go along. */
        Fit on(String otherTarget) {
            return new Fit(otherTarget, type, comment, reviewer, null);
        }
    }

    /** The first field that does not fit; empty when all do. */
    static Optional<DoesNotFit> complaint(FeedbackGiven given) {
        return Stream.of(target(given), type(given), length("target_id", given.targetId(), 1, LONGEST_NAME))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> length("comment", given.comment(), 0, LONGEST_COMMENT))
                .or(() -> length("reviewer", given.reviewer(), 0, LONGEST_NAME))
                .or(() -> length("idempotency_key", given.idempotencyKey(), 0, LONGEST_NAME));
    }

    /** What was said, of feedback without a complaint. */
    static FeedbackType typeOf(FeedbackGiven given) {
        return FeedbackType.of(text(given.feedbackType())).orElseThrow();
    }

    private static Optional<DoesNotFit> target(FeedbackGiven given) {
        return TargetType.of(text(given.targetType())).isPresent()
                ? Optional.empty()
                : Optional.of(new DoesNotFit(
                        "target_type",
                        "target_type is '%s'. Maybe use case or analyst.".formatted(text(given.targetType()))));
    }

    private static Optional<DoesNotFit> type(FeedbackGiven given) {
        Optional<TargetType> target = TargetType.of(text(given.targetType()));
        boolean fits = FeedbackType.of(text(given.feedbackType()))
                .filter(type -> target.filter(type.target()::equals).isPresent())
                .isPresent();
        return fits || target.isEmpty()
                ? Optional.empty()
                : Optional.of(new DoesNotFit(
                        "feedback_type",
                        "feedback_type is '%s'. About a %s it is one of %s."
                                .formatted(
                                        text(given.feedbackType()), target.get().word(), allowed(target.get()))));
    }

    private static String allowed(TargetType target) {
        return Stream.of(FeedbackType.values())
                .filter(type -> type.target() == target)
                .map(FeedbackType::word)
                .collect(Collectors.joining(", "));
    }

    private static Optional<DoesNotFit> length(String field, @Nullable String value, int least, int most) {
        int length = text(value).length();
        return length >= least && length <= most
                ? Optional.empty()
                : Optional.of(new DoesNotFit(
                        field, "%s has %d characters; it takes %d to %d.".formatted(field, length, least, most)));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value.strip();
    }
}
