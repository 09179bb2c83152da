package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * How much a change that hides may do without a person. Open money is that of open and approved cases. What one change hides is
 * bounded, so is what all of a month hide together, and no single large case is hidden by itself.
 */
record Policy(double mostOfOpenMoney, double mostInAMonth, double mostOfOneCase, Duration lasts, double audited) {

    static final Policy STANDARD = new Policy(0.10, 0.40, 0.01, Duration.ofDays(180), 0.05);

    /**
     * How far a change may go by itself.
     *
     * @param hides how many cases that hides, of those that the change is about
     * @param money of these
     */
    record Room(long upTo, int hides, long money, int about) {

        boolean isAll() {
            return hides == about;
        }
    }

    /**
     * @param about open facts that the change would hide
     * @param largest what was judged behind it at most; larger ones nobody has looked at
     * @param hiddenInAMonth by changes that applied by themselves
     */
    Room room(List<Fact> about, long largest, long openMoney, long hiddenInAMonth) {
        long most = (long) Math.min(mostOfOpenMoney * openMoney, mostInAMonth * openMoney - hiddenInAMonth);
        long each = Math.min(largest, (long) (mostOfOneCase * openMoney));
        List<Long> amounts = about.stream()
                .map(Fact::money)
                .sorted(Comparator.naturalOrder())
                .toList();
        long money = 0;
        int hides = 0;
        while (hides < amounts.size() && amounts.get(hides) <= each && money + amounts.get(hides) <= most) {

            money += amounts.get(hides++);
        }
        if (hides == amounts.size()) {
            return new Room(each, hides, money, hides);
        }
        long next = amounts.get(hides);
        while (hides > 0 && amounts.get(hides - 1) == next) {
            money -= amounts.get(--hides);
        }
        return new Room(Math.min(each, next - 1), hides, money, amounts.size());
    }
}
