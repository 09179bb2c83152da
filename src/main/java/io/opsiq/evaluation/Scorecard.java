package io.opsiq.evaluation;

import io.opsiq.cases.CaseTally;
import io.opsiq.cases.Confidence;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Scores a run from the counts of its cases. Each score is a share of the cases, times five, rounded half up, at least 1. */
final class Scorecard {

    private final List<CaseTally> bands;
    private final long cases;
    private final long approved;
    private final long rejected;
    private final long falsePositive;

    /** @param bands the highest confidence first */
    Scorecard(List<CaseTally> bands) {
        this.bands = bands;
        this.cases = sum(CaseTally::cases);
        this.approved = sum(CaseTally::approved);
        this.rejected = sum(CaseTally::rejected);
        this.falsePositive = sum(CaseTally::falsePositive);
    }

    long cases() {
        return cases;
    }

    long falsePositives() {
        return falsePositive;
    }

    /** Cases with an action and with evidence, by half each, times those that nobody found not worth acting on. */
    int actionability() {
        return score(sum(CaseTally::actionable) * (cases - rejected), 2 * cases * cases);
    }

    /** A run without cases is neither right nor wrong: 3. */
    int correctness() {
        return cases == 0 ? 3 : score(cases - falsePositive, cases);
    }

    /** Cases with an impact and with detailed evidence, by half each. */
    int specificity() {
        return score(sum(CaseTally::specific), 2 * cases);
    }

    String calibrationNote() {
        if (cases == 0) {
            return "The run found no cases; there is nothing to calibrate.";
        }
        long judged = approved + falsePositive;
        if (judged + rejected == 0) {
            return String.format(
                    Locale.ROOT,
                    "None of the %,d cases has been reviewed yet; what their scores are worth is not known.",
                    cases);
        }
        List<String> sentences = new ArrayList<>();
        sentences.add(String.format(
                Locale.ROOT,
                "%,d of %,d cases reviewed: %,d approved, %,d false positive, %,d not worth acting on.",
                judged + rejected,
                cases,
                approved,
                falsePositive,
                rejected));
        if (judged > 0) {
            sentences.add(compared(judged));
        }
        bands.stream()
                .filter(band -> band.approved() + band.falsePositive() > 0)
                .forEach(band -> sentences.add(of(band)));
        return String.join(" ", sentences);
    }

    private String compared(long judged) {
        BigDecimal promised = bands.stream()
                .map(CaseTally::reviewedScore)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(judged), 2, RoundingMode.HALF_UP);
        BigDecimal kept = BigDecimal.valueOf(approved).divide(BigDecimal.valueOf(judged), 2, RoundingMode.HALF_UP);
        return "Their scores promised %s true on average, reviewers confirmed %s: %s."
                .formatted(promised, kept, verdict(promised, kept));
    }

    private static String verdict(BigDecimal promised, BigDecimal kept) {
        int over = promised.compareTo(kept);
        if (over == 0) {
            return "so far the scores keep what they promise";
        }
        return over > 0 ? "so far the scores are too sure" : "so far the scores are too careful";
    }

    private static String of(CaseTally band) {
        return "Of those shown with %s confidence, %d of %d were false positives."
                .formatted(shown(band.confidence()), band.falsePositive(), band.approved() + band.falsePositive());
    }

    private static String shown(Confidence confidence) {
        return confidence.name().toLowerCase(Locale.ROOT);
    }

    private long sum(ToLongFunction<CaseTally> count) {
        return bands.stream().mapToLong(count).sum();
    }

    private static int score(long part, long whole) {
        if (whole == 0) {
            return 1;
        }
        int score = BigDecimal.valueOf(5 * part)
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .intValueExact();
        return Math.clamp(score, 1, 5);
    }
}
