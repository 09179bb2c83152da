package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What scores were worth: each verdict in force against the score that was shown when it was given. Shares are 0..1 and null of
 * nothing.
 *
 * @param precision the share of reviewed cases that were confirmed
 * @param precisionAt of the 10, 25, 50 reviewed cases with the most expected money
 * @param brier the mean of (score − outcome)²; 0 is best, 0.25 is guessing
 * @param expectedCalibrationError the mean gap between promised and confirmed, over ten bins of scores
 * @param moneyOrder money confirmed after each answer, all answers added up, against the best order of the same cases; 1 is best
 * @param auditsReviewed hidden cases that were picked for review and reviewed
 * @param auditMisses those of them that were confirmed
 * @param note what this says, in words
 */
public record Calibration(
        long reviewed,
        Interval precision,
        Map<String, Interval> precisionAt,
        @Nullable BigDecimal brier,
        @Nullable BigDecimal expectedCalibrationError,
        List<Bin> bins,
        @Nullable BigDecimal moneyOrder,
        BigDecimal moneyConfirmed,
        long auditsReviewed,
        long auditMisses,
        String note) {

    private static final int BINS = 10;
    private static final List<Integer> FIRST = List.of(10, 25, 50);
    private static final int DIGITS = 4;

    /**
     * Scores from {@code from} to below {@code to}.
     *
     * @param promised the mean score
     * @param confirmed the share that was confirmed
     */
    public record Bin(BigDecimal from, BigDecimal to, long reviewed, BigDecimal promised, Interval confirmed) {}

    /** What these answers say; they stand in the order in which they were given. */
    public static Calibration of(List<Answered> answers) {
        List<Answered> shown = answers.stream().filter(each -> !each.audit()).toList();
        List<Answered> audits = answers.stream().filter(Answered::audit).toList();
        List<Bin> bins = bins(shown);
        @Nullable BigDecimal gap = gap(bins, shown.size());
        return new Calibration(
                shown.size(),
                precision(shown),
                precisionAt(shown),
                brier(shown),
                gap,
                bins,
                moneyOrder(shown),
                Replay.amount(money(shown)),
                audits.size(),
                audits.stream().filter(Answered::isTrue).count(),
                note(shown, gap, audits));
    }

    private static Interval precision(List<Answered> answers) {
        return Interval.of(answers.stream().filter(Answered::isTrue).count(), answers.size());
    }

    private static Map<String, Interval> precisionAt(List<Answered> answers) {
        List<Answered> byMoney = answers.stream()
                .sorted(Comparator.comparingDouble(
                        (Answered each) -> -each.score().doubleValue() * each.money()))
                .toList();
        Map<String, Interval> at = new TreeMap<>();
        FIRST.stream()
                .filter(first -> first <= byMoney.size())
                .forEach(first -> at.put(first.toString(), precision(byMoney.subList(0, first))));
        return at;
    }

    private static @Nullable BigDecimal brier(List<Answered> answers) {
        return answers.isEmpty()
                ? null
                : rounded(answers.stream()
                        .mapToDouble(each -> Math.pow(each.score().doubleValue() - (each.isTrue() ? 1 : 0), 2))
                        .average()
                        .orElseThrow());
    }

    private static List<Bin> bins(List<Answered> answers) {
        Map<Integer, List<Answered>> byBin = new TreeMap<>();
        answers.forEach(each -> byBin.computeIfAbsent(
                        Math.clamp((int) (each.score().doubleValue() * BINS), 0, BINS - 1), fresh -> new ArrayList<>())
                .add(each));
        return byBin.entrySet().stream()
                .map(bin -> bin(bin.getKey(), bin.getValue()))
                .toList();
    }

    private static Bin bin(int place, List<Answered> answers) {
        return new Bin(
                BigDecimal.valueOf(place, 1),
                BigDecimal.valueOf(place + 1L, 1),
                answers.size(),
                rounded(answers.stream()
                        .mapToDouble(each -> each.score().doubleValue())
                        .average()
                        .orElseThrow()),
                precision(answers));
    }

    private static @Nullable BigDecimal gap(List<Bin> bins, int answers) {
        if (answers == 0) {
            return null;
        }
        double gap = 0;
        for (Bin bin : bins) {
            BigDecimal confirmed = bin.confirmed().value();
            gap += confirmed == null
                    ? 0
                    : bin.reviewed() * bin.promised().subtract(confirmed).abs().doubleValue();
        }
        return rounded(gap / answers);
    }

    private static @Nullable BigDecimal moneyOrder(List<Answered> answers) {
        List<Long> found =
                answers.stream().map(each -> each.isTrue() ? each.money() : 0L).toList();
        double best = area(found.stream().sorted(Comparator.reverseOrder()).toList());
        return best == 0 ? null : rounded(area(found) / best);
    }

    private static double area(List<Long> found) {
        return IntStream.range(0, found.size())
                .mapToDouble(i -> (double) found.get(i) * (found.size() - i))
                .sum();
    }

    private static long money(List<Answered> answers) {
        return answers.stream()
                .filter(Answered::isTrue)
                .mapToLong(Answered::money)
                .sum();
    }

    private static String note(List<Answered> shown, @Nullable BigDecimal gap, List<Answered> audits) {
        if (shown.isEmpty() || gap == null) {
            return "No verdict is in force; what scores are worth is not known.";
        }
        double promised = shown.stream()
                .mapToDouble(each -> each.score().doubleValue())
                .average()
                .orElseThrow();
        long confirmed = shown.stream().filter(Answered::isTrue).count();
        String missed = audits.isEmpty()
                ? ""
                : " Of %d hidden cases that were reviewed, %d were leaks."
                        .formatted(
                                audits.size(),
                                audits.stream().filter(Answered::isTrue).count());
        return "Scores promised %s of %d reviewed cases true, reviewers confirmed %d; score and outcome are %s apart on average.%s"
                .formatted(
                        rounded(promised * shown.size()).setScale(1, RoundingMode.HALF_UP),
                        shown.size(),
                        confirmed,
                        gap,
                        missed);
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_UP);
    }
}
