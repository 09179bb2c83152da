import java.util.List;

/**
 * One labelled series.
 *
 * @param times seconds since 1970
 * @param windows from and to, both inclusive, in which something was wrong
 */
record Series(String name, double[] times, double[] values, List<double[]> windows) {

    int size() {
        return values.length;
    }

    /** Points before this one are for learning: no alarm is counted there. */
    int learnt() {
        return (int) (Math.min(size(), 5000) * 0.15);
    }
}
