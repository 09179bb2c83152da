package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.Every;
import io.opsiq.analyst.Meaning.ValueNamed;
import io.opsiq.packaged.Packaged;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The file {@code words.yaml}, as it is written; it explains its fields. */
record Vocabulary(
        Map<Cue, List<String>> cues,
        Map<Grain, List<String>> every,
        List<String> everyUnit,
        Map<String, List<String>> values) {

    static Vocabulary packaged() {
        return YAMLMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build()
                .readValue(Packaged.text(Packaged.folder("analyst").resolve("words.yaml")), Vocabulary.class);
    }

    void forEach(BiConsumer<String, Meaning> phrase) {
        cues.forEach((cue, words) -> words.forEach(each -> phrase.accept(each, cue)));
        every.forEach((grain, words) -> words.forEach(each -> phrase.accept(each, new Every(grain))));
        for (Grain grain : Grain.values()) {
            everyUnit.forEach(each -> phrase.accept(each.replace("%s", grain.word()), new Every(grain)));
        }
        values.forEach(
                (dimension, named) -> named.forEach(value -> phrase.accept(value, new ValueNamed(dimension, value))));
    }
}
