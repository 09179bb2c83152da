package io.opsiq.sentiment;

/**
 * What a term adds to a reading.
 *
 * @param reason what it speaks of
 * @param weight how clearly it names that reason, from 0
 * @param polarity -1..1
 * @param risk 0..1, below 0 where it reassures
 * @param subjectivity 0..1
 */
record Meaning(ReasonCode reason, double weight, double polarity, double risk, double subjectivity) {
    private static final double REASSURANCE = -0.3;

    /** What denying a problem says. */
    Meaning dismissed() {
        return new Meaning(ReasonCode.NOT_A_PROBLEM, 0.5, -0.5 * polarity, REASSURANCE, subjectivity);
    }

    /** What denying something good says. */
    Meaning reversed() {
        return new Meaning(ReasonCode.UNCLEAR, 0, Math.min(-0.2, -polarity), 0.3, subjectivity);
    }

    /** What a safeguard says where it held; this meaning is of the safeguard that was missing. */
    Meaning held() {
        return new Meaning(ReasonCode.NOT_A_PROBLEM, 0.3, 0.2, REASSURANCE, subjectivity);
    }
}
