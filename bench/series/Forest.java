import com.amazon.randomcutforest.RandomCutForest;
import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;

/** Random cut forests of the library of that name, with its own thresholds, or by their bare score. */
final class Forest implements Judge {

    private static final int SHINGLE = 8;
    private static final int TREES = 50;
    private static final int SAMPLE = 256;
    private static final long SEED = 42;

    private final boolean graded;

    /** @param graded with the library's own thresholds; else the bare score counts */
    Forest(boolean graded) {
        this.graded = graded;
    }

    @Override
    public String name() {
        return graded ? "random cut forest, its own thresholds" : "random cut forest, bare score";
    }

    @Override
    public double threshold() {
        return graded ? 1e-9 : 3;
    }

    @Override
    public double[] scores(Series series) {
        return graded ? grades(series) : bareScores(series);
    }

    private static double[] grades(Series series) {
        ThresholdedRandomCutForest forest = ThresholdedRandomCutForest.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .randomSeed(SEED)
                .anomalyRate(0.005)
                .transformMethod(TransformMethod.NORMALIZE)
                .build();
        double[] scores = new double[series.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = forest.process(new double[] {series.values()[i]}, (long) series.times()[i]).getAnomalyGrade();
        }
        return scores;
    }

    private static double[] bareScores(Series series) {
        RandomCutForest forest = RandomCutForest.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .internalShinglingEnabled(true)
                .numberOfTrees(TREES)
                .sampleSize(SAMPLE)
                .randomSeed(SEED)
                .build();
        double[] scores = new double[series.size()];
        for (int i = 0; i < scores.length; i++) {
            float[] point = {(float) series.values()[i]};
            scores[i] = forest.getAnomalyScore(point);
            forest.update(point);
        }
        return scores;
    }
}
