package io.opsiq.analyst;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model file as it is written, in the Open Semantic Interchange form. */
record ModelYaml(String version, List<Model> semanticModel) {

    record Model(
            String name,
            @Nullable String description,
            @Nullable Context aiContext,
            List<DatasetYaml> datasets,
            @Nullable List<RelationshipYaml> relationships,
            @Nullable List<MetricYaml> metrics,
            @Nullable List<Extension> customExtensions) {}

    record DatasetYaml(
            String name,
            String source,
            @Nullable List<String> primaryKey,
            @Nullable String description,
            @Nullable Context aiContext,
            List<FieldYaml> fields,
            @Nullable List<Extension> customExtensions) {}

    record FieldYaml(
            String name,
            Expression expression,
            @Nullable DimensionYaml dimension,
            @Nullable String label,
            @Nullable String description,
            @Nullable Context aiContext,
            @Nullable List<Extension> customExtensions) {}

    record DimensionYaml(@Nullable Boolean isTime) {}

    record RelationshipYaml(String name, String from, String to, List<String> fromColumns, List<String> toColumns) {}

    record MetricYaml(
            String name,
            Expression expression,
            @Nullable String description,
            @Nullable Context aiContext,
            @Nullable List<Extension> customExtensions) {}

    record Expression(List<Dialect> dialects) {

        String sql() {
            return dialects.getFirst().expression();
        }
    }

    record Dialect(String dialect, String expression) {}

    record Context(@Nullable String instructions, @Nullable List<String> synonyms) {

        static List<String> synonymsOf(@Nullable Context context) {
            return context == null || context.synonyms() == null ? List.of() : context.synonyms();
        }
    }

    /** What the form has no place for: a JSON text of one vendor. */
    record Extension(String vendorName, String data) {}

    /** What OPSIQ adds to a field. */
    record FieldExtension(
            @Nullable String without,
            @Nullable String shown,
            @Nullable Boolean hidden) {

        static final FieldExtension NONE = new FieldExtension(null, null, null);
    }

    /** What OPSIQ adds to a metric. */
    record MetricExtension(
            String label,
            Metric.Kind kind,
            @Nullable String dataset,
            @Nullable String value,
            @Nullable String where,
            @Nullable List<String> of,
            Metric.Unit unit,
            @Nullable String time,
            List<String> dimensions,
            Metric.Good good,
            @Nullable String noun,
            @Nullable String nouns,
            @Nullable String countedAs,
            @Nullable String each,
            @Nullable String beside,
            @Nullable Map<String, List<String>> defaults,
            @Nullable Boolean hidden) {}
}
