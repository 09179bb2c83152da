package io.opsiq.learning;

import io.opsiq.cases.Scoring;
import io.opsiq.detectors.Finding;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the verdicts in force have taught, as values: a penalty for each type of finding and limits for detectors. A run is
 * handed one and goes by it from its first to its last step.
 *
 * <p>A false positive takes 0.15 off the confidence of its type, a finding not worth acting on half of that, an approval gives
 * 0.05 back; the penalty stays within 0 and 0.5. From {@value Learned#ENOUGH} verdicts on a model that was fitted to all of them speaks
 * instead. The order of the verdicts does not matter, so a verdict that is withdrawn leaves nothing behind.
 *
 * @param limits learned limits, by detector and parameter; those that are not in it keep their defaults
 * @param looser those of them that find less than the pack's. A run detects with the pack's all the same and hides what lies between,
 *     so that samples of it can be reviewed
 * @param trials limits that verdicts enough speak for, to be tried on the run's books
 */
public record Lessons(
        Map<String, Penalty> penalties,
        Learned learned,
        Map<String, Map<String, BigDecimal>> limits,
        List<LimitTrial> looser,
        List<LimitTrial> trials)
        implements Scoring {

    private static final BigDecimal FALSE_POSITIVE = new BigDecimal("0.15");
    private static final BigDecimal REJECTED = new BigDecimal("0.075");
    private static final BigDecimal APPROVED = new BigDecimal("0.05");
    private static final BigDecimal MOST = new BigDecimal("0.5");

    /** The verdicts in force on one type, counted. */
    record Verdicts(long approved, long rejected, long falsePositive) {}

    /**
     * What the verdicts on a type took off.
     *
     * @param share of confidence and of estimated impact, 0..0.5
     * @param reason the verdicts it comes from
     */
    public record Penalty(BigDecimal share, String reason) {

        static Penalty of(String type, Verdicts verdicts) {
            BigDecimal share = FALSE_POSITIVE
                    .multiply(BigDecimal.valueOf(verdicts.falsePositive()))
                    .add(REJECTED.multiply(BigDecimal.valueOf(verdicts.rejected())))
                    .subtract(APPROVED.multiply(BigDecimal.valueOf(verdicts.approved())))
                    .max(BigDecimal.ZERO)
                    .min(MOST);
            return new Penalty(shown(share), "%s: %s.".formatted(type, counted(verdicts)));
        }

        private static BigDecimal shown(BigDecimal share) {
            BigDecimal plain = share.stripTrailingZeros();
            return plain.setScale(Math.max(1, plain.scale()), RoundingMode.UNNECESSARY);
        }

        private static String counted(Verdicts verdicts) {
            return "%d false positive, %d not worth acting on, %d approved"
                    .formatted(verdicts.falsePositive(), verdicts.rejected(), verdicts.approved());
        }
    }

    /** What these verdicts teach, by type of finding. */
    static Lessons of(Map<String, Verdicts> byType) {
        return new Lessons(penalties(byType), Learned.NOTHING, Map.of(), List.of(), List.of());
    }

    static Map<String, Penalty> penalties(Map<String, Verdicts> byType) {
        Map<String, Penalty> penalties = new TreeMap<>();
        byType.forEach((type, verdicts) -> penalties.put(type, Penalty.of(type, verdicts)));
        penalties.values().removeIf(penalty -> penalty.share().signum() == 0);
        return penalties;
    }

    @Override
    public Score score(Finding finding) {
        if (learned.speaks()) {
            return learned.score(Traits.of(finding));
        }
        BigDecimal prior = finding.detector().prior();
        Penalty penalty = penalties.get(finding.detector().id());
        if (penalty == null) {
            return new Score(prior, BigDecimal.ZERO, List.of());
        }
        return new Score(
                prior.subtract(penalty.share()).max(BigDecimal.ZERO),
                penalty.share(),
                List.of("Lowered by %s from %s by the verdicts on %s"
                        .formatted(penalty.share(), prior, penalty.reason())));
    }
}
