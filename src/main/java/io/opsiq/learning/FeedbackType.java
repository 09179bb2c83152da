package io.opsiq.learning;

import io.opsiq.cases.CaseStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody says about a case or an answer. */
public enum FeedbackType {
    /** A true leak. */
    APPROVE(TargetType.CASE, CaseStatus.APPROVED),
    /** Not a leak. */
    FALSE_POSITIVE(TargetType.CASE, CaseStatus.FALSE_POSITIVE),
    /** Not worth acting on; teaches half as much as a false positive. */
    REJECT(TargetType.CASE, CaseStatus.REJECTED),
    /** True, but we accept it; teaches nothing. */
    ACCEPTED(TargetType.CASE, CaseStatus.ACCEPTED),
    USEFUL(TargetType.ANALYST, CaseStatus.OPEN),
    NOT_USEFUL(TargetType.ANALYST, CaseStatus.OPEN);

    /** What feedback is about. */
    public enum TargetType {
        CASE,
        /** An answer of the analyst. */
        ANALYST;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<TargetType> of(String word) {
            return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
        }
    }

    private final TargetType target;
    private final CaseStatus status;

    FeedbackType(TargetType target, CaseStatus status) {
        this.target = target;
        this.status = status;
    }

    public TargetType target() {
        return target;
    }

    /** The status of a case of which this is said. */
    CaseStatus status() {
        return status;
    }

    /** Whether it ends the work on a case. */
    boolean endsTheCase() {
        return target == TargetType.CASE && this != APPROVE;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For people, such as {@code false positive}. */
    String shown() {
        return word().replace('_', ' ');
    }

    public static Optional<FeedbackType> of(String word) {
        return Stream.of(values()).filter(type -> type.word().equals(word)).findFirst();
    }
}
