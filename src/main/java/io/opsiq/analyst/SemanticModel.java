package io.opsiq.analyst;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What can be asked: metrics over datasets, by dimensions. Nothing in it comes from the books. */
final class SemanticModel {

    private final Map<String, Dataset> datasets;
    private final Map<String, Dimension> dimensions;
    private final Map<String, Metric> metrics;

    SemanticModel(Map<String, Dataset> datasets, Map<String, Dimension> dimensions, Map<String, Metric> metrics) {
        this.datasets = datasets;
        this.dimensions = dimensions;
        this.metrics = metrics;
    }

    /** The model that comes with the program. */
    static SemanticModel shipped() {
        return Shipped.MODEL;
    }

    private static final class Shipped {

        static final SemanticModel MODEL = ModelFile.read("analyst");
    }

    Metric metric(String name) {
        return Objects.requireNonNull(metrics.get(name), () -> "no metric " + name);
    }

    Optional<Metric> findMetric(String name) {
        return Optional.ofNullable(metrics.get(name));
    }

    Collection<Metric> metrics() {
        return metrics.values();
    }

    /** The metrics of a plan. */
    List<Metric> metrics(QueryPlan plan) {
        return plan.metrics().stream().map(this::metric).toList();
    }

    /** The sums and counts that the metrics of a plan are made of. */
    List<Metric> parts(QueryPlan plan) {
        return metrics(plan).stream()
                .flatMap(metric -> parts(metric).values().stream())
                .toList();
    }

    Dataset dataset(String name) {
        return Objects.requireNonNull(datasets.get(name), () -> "no dataset " + name);
    }

    Dimension dimension(String name) {
        return Objects.requireNonNull(dimensions.get(name), () -> "no dimension " + name);
    }

    Collection<Dimension> dimensions() {
        return dimensions.values();
    }

    /** The sums and counts that a metric is made of, itself if it is one. */
    Map<String, Metric> parts(Metric metric) {
        Map<String, Metric> parts = new LinkedHashMap<>();
        if (metric.isBase()) {
            parts.put(metric.name(), metric);
        }
        metric.of().forEach(part -> parts.putAll(parts(metric(part))));
        return parts;
    }
}
