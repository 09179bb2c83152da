package io.opsiq.sentiment;

import io.opsiq.sentiment.Entry.Term;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The lexicon as it is written down; the file itself explains its fields. */
record LexiconFile(List<Terms> terms, Denials denials, List<Stresses> stresses, Clauses clauses) {
    record Terms(
            ReasonCode reason,
            Kind kind,
            double polarity,
            double risk,
            @Nullable Double weight,
            @Nullable Double subjectivity,
            List<String> words) {
        Term term(String phrase) {
            var own = new Meaning(
                    reason,
                    Objects.requireNonNullElse(weight, 1.0),
                    polarity,
                    risk,
                    Objects.requireNonNullElse(subjectivity, 0.1));
            return switch (kind) {
                case PROBLEM -> new Term(phrase, kind, own, own.dismissed());
                case TOPIC -> new Term(phrase, kind, own, own);
                case COMFORT -> new Term(phrase, kind, own, own.reversed());
                case SAFEGUARD -> new Term(phrase, kind, own.held(), own);
            };
        }
    }

    record Denials(List<String> verbs, List<String> nouns, List<String> dismissals) {}

    record Stresses(double factor, List<String> words) {}

    record Clauses(List<String> turns, List<String> links, List<String> fillers, List<String> idioms) {}

    static Lexicon packaged() {
        try (InputStream file = LexiconFile.class.getResourceAsStream("/sentiment/lexicon.yaml")) {
            return parse(Objects.requireNonNull(file, "sentiment/lexicon.yaml is missing from the program")
                    .readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Lexicon parse(byte[] yaml) {
        return mapper().readValue(yaml, LexiconFile.class).lexicon();
    }

    private static ObjectMapper mapper() {
        return YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
    }

    private Lexicon lexicon() {
        var entries = new Entries();
        terms.forEach(block -> block.words().forEach(phrase -> entries.add(phrase, block.term(phrase))));
        entries.addAll(denials.verbs(), new Entry.Denial(true));
        entries.addAll(denials.nouns(), new Entry.Denial(false));
        entries.addAll(denials.dismissals(), new Entry.Dismissal());
        stresses.forEach(stress -> entries.addAll(stress.words(), new Entry.Stress(stress.factor())));
        entries.addAll(clauses.turns(), new Entry.Turn());
        entries.addAll(clauses.links(), new Entry.Link());
        entries.addAll(clauses.fillers(), new Entry.Filler());
        entries.addAll(clauses.idioms(), new Entry.Idiom());
        return new Lexicon(entries.found);
    }

    private static final class Entries {
        private final Map<List<String>, Entry> found = new LinkedHashMap<>();

        void addAll(List<String> phrases, Entry entry) {
            phrases.forEach(phrase -> add(phrase, entry));
        }

        void add(String phrase, Entry entry) {
            for (var words : Inflection.of(phrase)) {
                if (found.putIfAbsent(words, entry) != null) {
                    throw new IllegalArgumentException(
                            "The lexicon lists \"" + String.join(" ", words) + "\" twice, the second time as \""
                                    + phrase + "\". Maybe keep the place that says it best.");
                }
            }
        }
    }
}
