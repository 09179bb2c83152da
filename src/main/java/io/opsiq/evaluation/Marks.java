package io.opsiq.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How the cases of a run stand against the truth about its books. Money is in the base currency, at the last rate of the books.
 *
 * @param overall of all types together, without the money of spikes and drops
 * @param countedTwice the money of cases that are about money which another case already counts
 * @param missedCount how many facts no case is about
 * @param missed the first of them
 * @param falseCount how many cases are about no fact, or about one that has its case
 * @param falseAlarms the first of them
 */
public record Marks(
        String runId,
        List<Type> types,
        Type overall,
        BigDecimal countedTwice,
        long missedCount,
        List<Missed> missed,
        long falseCount,
        List<FalseAlarm> falseAlarms) {

    /**
     * The marks of one type.
     *
     * @param plantedMoney of all facts
     * @param foundMoney of the facts that were found, as the truth has it
     * @param toldMoney of the same, as the cases have it
     */
    public record Type(
            String anomalyType,
            long planted,
            long found,
            long falseAlarms,
            @Nullable BigDecimal precision,
            @Nullable BigDecimal recall,
            @Nullable BigDecimal f1,
            BigDecimal plantedMoney,
            BigDecimal foundMoney,
            BigDecimal toldMoney) {

        static Type of(String type, long planted, long found, long falseAlarms, List<BigDecimal> money) {
            return new Type(
                    type,
                    planted,
                    found,
                    falseAlarms,
                    share(found, found + falseAlarms),
                    share(found, planted),
                    share(2 * found, planted + found + falseAlarms),
                    money.get(0),
                    money.get(1),
                    money.get(2));
        }

        static Type overall(List<Type> types, List<Type> counted) {
            return of(
                    "overall",
                    sum(types, Type::planted),
                    sum(types, Type::found),
                    sum(types, Type::falseAlarms),
                    List.of(
                            total(counted, Type::plantedMoney),
                            total(counted, Type::foundMoney),
                            total(counted, Type::toldMoney)));
        }

        private static long sum(List<Type> types, ToLongFunction<Type> count) {
            return types.stream().mapToLong(count).sum();
        }

        private static BigDecimal total(List<Type> types, Function<Type, BigDecimal> money) {
            return types.stream().map(money).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private static @Nullable BigDecimal share(long part, long whole) {
            return whole == 0
                    ? null
                    : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 4, RoundingMode.HALF_UP);
        }
    }

    /** A fact that no case is about; {@code toldAs} is the type of a case that is about the same record. */
    public record Missed(
            String anomalyType,
            String entity,
            BigDecimal amount,
            String currency,
            String how,
            @Nullable String toldAs) {}

    /** A case that is about no fact; {@code situation} is the look-alike that it fell for, where it is one. */
    public record FalseAlarm(
            String anomalyType,
            String caseId,
            String title,
            BigDecimal grossImpact,
            String currency,
            @Nullable String situation) {}
}
