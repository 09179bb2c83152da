package io.opsiq.analyst;

import io.opsiq.analyst.Dataset.Field;
import io.opsiq.analyst.ModelYaml.Context;
import io.opsiq.analyst.ModelYaml.DatasetYaml;
import io.opsiq.analyst.ModelYaml.Extension;
import io.opsiq.analyst.ModelYaml.FieldExtension;
import io.opsiq.analyst.ModelYaml.FieldYaml;
import io.opsiq.analyst.ModelYaml.MetricExtension;
import io.opsiq.analyst.ModelYaml.MetricYaml;
import io.opsiq.analyst.ModelYaml.RelationshipYaml;
import io.opsiq.packaged.Packaged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads a model file and refuses one that does not hold together. */
final class ModelFile {

    /** The version of the form that is read. */
    static final String FORM = "0.1.1";

    private static final String VENDOR = "OPSIQ";
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ModelFile() {}

    /** The file {@code model.yaml} of a packaged folder. */
    static SemanticModel read(String folder) {
        return parse(Packaged.text(Packaged.folder(folder).resolve("model.yaml")));
    }

    /** Throws {@link IllegalArgumentException} with what is wrong about the text. */
    static SemanticModel parse(String text) {
        try {
            ModelYaml file = YAML.readValue(text, ModelYaml.class);
            if (!file.version().equals(FORM)) {
                throw new IllegalArgumentException("The model is of version " + file.version() + " of its form, not "
                        + FORM + ". Maybe bring it to that version.");
            }
            return new ModelFile().model(file.semanticModel().getFirst());
        } catch (JacksonException e) {
            throw new IllegalArgumentException("The model cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    private SemanticModel model(ModelYaml.Model model) {
        List<RelationshipYaml> relationships = model.relationships() == null ? List.of() : model.relationships();
        Map<String, Dataset> datasets = new LinkedHashMap<>();
        model.datasets().forEach(each -> datasets.put(each.name(), dataset(each, relationships)));
        Map<String, Metric> metrics = new LinkedHashMap<>();
        for (MetricYaml each : model.metrics() == null ? List.<MetricYaml>of() : model.metrics()) {
            metrics.put(each.name(), metric(each));
        }
        metrics.replaceAll((name, metric) -> withDataset(metric, metrics));
        SemanticModel read = new SemanticModel(datasets, dimensions(datasets), metrics);
        read.metrics().forEach(metric -> check(metric, read));
        return read;
    }

    private static Dataset dataset(DatasetYaml yaml, List<RelationshipYaml> relationships) {
        Map<String, Field> fields = new LinkedHashMap<>();
        yaml.fields().forEach(field -> fields.put(field.name(), field(field)));
        @Nullable
        String customers = relationships.stream()
                .filter(each -> each.from().equals(yaml.name()) && each.to().equals("customers"))
                .map(each -> each.fromColumns().getFirst())
                .findFirst()
                .orElse(null);
        String key = yaml.primaryKey() == null ? "" : yaml.primaryKey().getFirst();
        return new Dataset(yaml.name(), yaml.source(), key, fields, customers);
    }

    private static Field field(FieldYaml yaml) {
        FieldExtension extension = extension(yaml.customExtensions(), FieldExtension.class, FieldExtension.NONE);
        return new Field(
                yaml.name(),
                yaml.expression().sql(),
                extension.without(),
                extension.shown(),
                yaml.label(),
                Context.synonymsOf(yaml.aiContext()),
                yaml.dimension() != null
                        && !Boolean.TRUE.equals(yaml.dimension().isTime()));
    }

    /** One dimension for all fields of a name: what it is called anywhere, it is called everywhere. */
    private static Map<String, Dimension> dimensions(Map<String, Dataset> datasets) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        for (Dataset dataset : datasets.values()) {
            for (Field field : dataset.fields().values()) {
                if (field.dimension()) {
                    dimensions.merge(
                            field.name(),
                            new Dimension(
                                    field.name(),
                                    Objects.requireNonNullElse(field.label(), field.name()),
                                    field.synonyms()),
                            ModelFile::merged);
                }
            }
        }
        return dimensions;
    }

    private static Dimension merged(Dimension first, Dimension second) {
        List<String> synonyms = new ArrayList<>(first.synonyms());
        synonyms.addAll(second.synonyms());
        return new Dimension(first.name(), first.label(), List.copyOf(synonyms));
    }

    private static Metric metric(MetricYaml yaml) {
        MetricExtension extension = Objects.requireNonNull(
                extension(yaml.customExtensions(), MetricExtension.class, null),
                () -> "metric " + yaml.name() + " has no extension of " + VENDOR);
        return new Metric(
                yaml.name(),
                extension.label(),
                Objects.requireNonNullElse(yaml.description(), extension.label()),
                Context.synonymsOf(yaml.aiContext()),
                extension.kind(),
                Objects.requireNonNullElse(extension.dataset(), ""),
                extension.value(),
                extension.where(),
                extension.of() == null ? List.of() : extension.of(),
                extension.unit(),
                extension.time(),
                extension.dimensions(),
                extension.good(),
                Objects.requireNonNullElse(extension.noun(), extension.label()),
                Objects.requireNonNullElse(extension.nouns(), extension.label()),
                extension.countedAs(),
                extension.each(),
                extension.beside(),
                extension.defaults() == null ? Map.of() : extension.defaults(),
                Boolean.TRUE.equals(extension.hidden()));
    }

    private static Metric withDataset(Metric metric, Map<String, Metric> metrics) {
        if (metric.isBase()) {
            return metric;
        }
        Metric first = Objects.requireNonNull(
                metrics.get(metric.of().getFirst()),
                () -> "metric " + metric.name() + " is made of " + metric.of() + ", which is not there");
        return new Metric(
                metric.name(),
                metric.label(),
                metric.description(),
                metric.synonyms(),
                metric.kind(),
                first.dataset(),
                metric.value(),
                metric.where(),
                metric.of(),
                metric.unit(),
                metric.time(),
                metric.dimensions(),
                metric.good(),
                metric.noun(),
                metric.nouns(),
                metric.countedAs(),
                metric.each(),
                metric.beside(),
                metric.defaults(),
                metric.hidden());
    }

    /** What a metric refers to is there. */
    private static void check(Metric metric, SemanticModel model) {
        metric.of().forEach(model::metric);
        metric.dimensions().forEach(model::dimension);
        for (String other : new @Nullable String[] {metric.each(), metric.countedAs(), metric.beside()}) {
            if (other != null) {
                model.metric(other);
            }
        }
        for (String field : new @Nullable String[] {metric.value(), metric.time()}) {
            if (field != null && !model.dataset(metric.dataset()).fields().containsKey(field)) {
                throw new IllegalArgumentException(
                        "The metric " + metric.name() + " needs the field " + field + ", which is not there.");
            }
        }
    }

    private static <T extends @Nullable Object> T extension(
            @Nullable List<Extension> extensions, Class<? extends @Nullable Object> type, T otherwise) {
        for (Extension each : extensions == null ? List.<Extension>of() : extensions) {
            if (each.vendorName().equals(VENDOR)) {
                @SuppressWarnings("unchecked") // the caller names one type twice
                T read = (T) JSON.readValue(each.data(), type);
                return read;
            }
        }
        return otherwise;
    }
}
