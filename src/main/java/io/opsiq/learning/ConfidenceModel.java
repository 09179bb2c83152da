package io.opsiq.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A logistic model: from a starting probability and the terms of a fact to the probability that it is true. Each weight is pulled
 * towards zero (a normal prior), so that a term with few verdicts moves little. Fitted by Newton's method with conjugate gradients;
 * the same rows in the same order give the same model to the last bit.
 */
final class ConfidenceModel {

    private static final int MOST_STEPS = 25;
    private static final int MOST_INNER_STEPS = 60;
    private static final double SETTLED = 1e-7;

    private final Map<String, Integer> places;
    private final double[] weights;

    private ConfidenceModel(Map<String, Integer> places, double[] weights) {
        this.places = places;
        this.weights = weights;
    }

    /**
     * A fact with its verdict.
     *
     * @param start log odds before any verdict
     * @param label 1 true, 0 false
     */
    record Row(double start, List<String> terms, double label, double weight) {}

    /** How far a term's weight may reasonably be from zero. */
    @FunctionalInterface
    interface Spread {
        double of(String term);
    }

    static ConfidenceModel fit(List<Row> rows, Spread spread) {
        Map<String, Integer> places = new HashMap<>();
        List<Double> pulls = new ArrayList<>();
        int[][] columns = new int[rows.size()][];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.get(i).terms().stream()
                    .mapToInt(term -> places.computeIfAbsent(term, fresh -> {
                        double deviation = spread.of(fresh);
                        pulls.add(1 / (deviation * deviation));
                        return pulls.size() - 1;
                    }))
                    .toArray();
        }
        double[] pull = pulls.stream().mapToDouble(Double::doubleValue).toArray();
        return new ConfidenceModel(places, new Fit(rows, columns, pull).weights());
    }

    /** Log odds that a fact with these terms is true. */
    double logOdds(double start, List<String> terms) {
        double sum = start;
        for (String term : terms) {
            sum += weight(term);
        }
        return sum;
    }

    /** What a term adds to the log odds; 0 for one that no verdict was about. */
    double weight(String term) {
        Integer place = places.get(term);
        return place == null ? 0 : weights[place];
    }

    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-logOdds));
    }

    static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    private static final class Fit {

        private final List<Row> rows;
        private final int[][] columns;
        private final double[] pull;
        private final double[] curvature;

        Fit(List<Row> rows, int[][] columns, double[] pull) {
            this.rows = rows;
            this.columns = columns;
            this.pull = pull;
            this.curvature = new double[rows.size()];
        }

        double[] weights() {
            double[] weights = new double[pull.length];
            for (int step = 0; step < MOST_STEPS; step++) {
                double[] change = solve(slope(weights));
                double largest = 0;
                for (int j = 0; j < weights.length; j++) {
                    weights[j] += change[j];
                    largest = Math.max(largest, Math.abs(change[j]));
                }
                if (largest < SETTLED) {
                    break;
                }
            }
            return weights;
        }

        /** The way up, and beside it the curvature at this point. */
        private double[] slope(double[] weights) {
            double[] slope = new double[weights.length];
            for (int j = 0; j < weights.length; j++) {
                slope[j] = -pull[j] * weights[j];
            }
            for (int i = 0; i < columns.length; i++) {
                Row row = rows.get(i);
                double sum = row.start();
                for (int column : columns[i]) {
                    sum += weights[column];
                }
                double p = probability(sum);
                curvature[i] = Math.max(1e-6, row.weight() * p * (1 - p));
                double off = row.weight() * (row.label() - p);
                for (int column : columns[i]) {
                    slope[column] += off;
                }
            }
            return slope;
        }

        private double[] solve(double[] slope) {
            double[] x = new double[slope.length];
            double[] rest = slope.clone();
            double[] way = rest.clone();
            double size = dot(rest, rest);
            double enough = 1e-16 + 1e-12 * size;
            for (int step = 0; step < MOST_INNER_STEPS && size > enough; step++) {
                double[] bent = times(way);
                double length = size / dot(way, bent);
                for (int j = 0; j < x.length; j++) {
                    x[j] += length * way[j];
                    rest[j] -= length * bent[j];
                }
                double next = dot(rest, rest);
                double keep = next / size;
                for (int j = 0; j < x.length; j++) {
                    way[j] = rest[j] + keep * way[j];
                }
                size = next;
            }
            return x;
        }

        private double[] times(double[] vector) {
            double[] product = new double[vector.length];
            Arrays.setAll(product, j -> pull[j] * vector[j]);
            for (int i = 0; i < columns.length; i++) {
                double sum = 0;
                for (int column : columns[i]) {
                    sum += vector[column];
                }
                sum *= curvature[i];
                for (int column : columns[i]) {
                    product[column] += sum;
                }
            }
            return product;
        }

        private static double dot(double[] one, double[] other) {
            double sum = 0;
            for (int j = 0; j < one.length; j++) {
                sum += one[j] * other[j];
            }
            return sum;
        }
    }
}
