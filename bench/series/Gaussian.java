import java.util.Arrays;

/**
 * The windowed Gaussian in the form of the Numenta anomaly benchmark: mean and deviation of a window of 6,400 points, which moves on by a hundred
 * at a time; until it is full, of all points before.
 */
final class Gaussian implements Judge {

    private static final int WINDOW = 6400;
    private static final int STEP = 100;

    @Override
    public String name() {
        return "windowed Gaussian";
    }

    /** Where its tail is 0 in double precision, which is what the benchmark's own threshold of 1 comes to. */
    @Override
    public double threshold() {
        return 8.3;
    }

    @Override
    public double[] scores(Series series) {
        double[] values = series.values();
        double[] scores = new double[values.length];
        double sum = 0;
        double squares = 0;
        double mean = 0;
        double deviation = 1;
        for (int i = 0; i < values.length; i++) {
            scores[i] = i == 0 ? 0 : Math.abs(values[i] - mean) / deviation;
            sum += values[i];
            squares += values[i] * values[i];
            int filled = i + 1;
            if (filled <= WINDOW) {
                mean = sum / filled;
                deviation = deviation(squares / filled - mean * mean);
            } else if ((filled - WINDOW) % STEP == 0) {
                double[] window = Arrays.copyOfRange(values, filled - WINDOW, filled);
                mean = Arrays.stream(window).average().orElseThrow();
                double middle = mean;
                deviation = deviation(Arrays.stream(window).map(v -> (v - middle) * (v - middle)).average().orElseThrow());
            }
        }
        return scores;
    }

    private static double deviation(double variance) {
        return variance <= 1e-12 ? 1e-6 : Math.sqrt(variance);
    }
}
