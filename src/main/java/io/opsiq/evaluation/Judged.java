package io.opsiq.evaluation;

import java.time.Instant;

/**
 * A fact and what a reviewer said about it; only what is in force.
 *
 * @param comment the reviewer's own words; often empty
 */
public record Judged(Fact fact, String feedbackId, String reviewer, Said said, String comment, Instant at) {

    /** Without a word. */
    public Judged(Fact fact, String feedbackId, String reviewer, Said said, Instant at) {
        this(fact, feedbackId, reviewer, said, "", at);
    }

    /** What a verdict means for learning. */
    public enum Said {
        TRUE(0, 1),
        FALSE(1, 1),
        /** Not worth acting on: speaks half as loud as false. */
        NOT_WORTH(1, 0.5);

        private final int falseness;
        private final double weight;

        Said(int falseness, double weight) {
            this.falseness = falseness;
            this.weight = weight;
        }

        /** How much it counts. */
        public double weight() {
            return weight;
        }
    }

    public boolean isTrue() {
        return said.falseness == 0;
    }
}
