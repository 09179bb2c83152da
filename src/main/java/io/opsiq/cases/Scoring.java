package io.opsiq.cases;

import io.opsiq.detectors.Finding;
import java.math.BigDecimal;
import java.util.List;

/** How probable a finding is, and how much of its money is to be expected; handed to a run as a value. */
@FunctionalInterface
public interface Scoring {

    Score score(Finding finding);

    /**
     * What a finding is scored.
     *
     * @param confidence the probability that it is a true leak, 0..1
     * @param takenOff the share of the gross impact that verdicts on its kind took off, 0..1
     * @param reasons sentences that say why this is not what the detector expects of itself
     */
    record Score(BigDecimal confidence, BigDecimal takenOff, List<String> reasons) {}

    /** Without verdicts the score is what the detector expects of itself, and nothing is taken off. */
    static Scoring byPrior() {
        return finding -> new Score(finding.detector().prior(), BigDecimal.ZERO, List.of());
    }
}
