/**
 * Windows found, windows there are, and false alarms.
 *
 * <p>A window is found when any alarm lies in it. The first alarm outside of windows is a false one; what follows
 * within a fiftieth of the series belongs to it, the next one after that is another.
 */
record Tally(int found, int windows, int falseAlarms) {

    static Tally of(Series series, double[] scores, double threshold) {
        int found = 0;
        for (double[] window : series.windows()) {
            found += isIn(series, scores, threshold, window) ? 1 : 0;
        }
        return new Tally(found, series.windows().size(), falseAlarms(series, scores, threshold));
    }

    private static boolean isIn(Series series, double[] scores, double threshold, double[] window) {
        for (int i = series.learnt(); i < series.size(); i++) {
            if (scores[i] >= threshold && within(series.times()[i], window)) {
                return true;
            }
        }
        return false;
    }

    private static int falseAlarms(Series series, double[] scores, double threshold) {
        int alarms = 0;
        int last = Integer.MIN_VALUE / 2;
        for (int i = series.learnt(); i < series.size(); i++) {
            double time = series.times()[i];
            if (scores[i] >= threshold && series.windows().stream().noneMatch(window -> within(time, window))) {
                if (i - last > Math.max(1, series.size() / 50)) {
                    alarms++;
                    last = i;
                }
            }
        }
        return alarms;
    }

    private static boolean within(double time, double[] window) {
        return time >= window[0] && time <= window[1];
    }

    Tally plus(Tally other) {
        return new Tally(found + other.found, windows + other.windows, falseAlarms + other.falseAlarms);
    }

    double precision() {
        return found == 0 ? 0 : (double) found / (found + falseAlarms);
    }

    double recall() {
        return windows == 0 ? 0 : (double) found / windows;
    }

    double f1() {
        return windows + found + falseAlarms == 0 ? 0 : 2.0 * found / (windows + found + falseAlarms);
    }
}
