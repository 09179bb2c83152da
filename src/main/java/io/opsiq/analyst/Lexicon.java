package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.MetricNamed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** The words that are known whatever the books hold: names and synonyms of the model, and the {@link Vocabulary}. */
final class Lexicon {

    private final Map<List<String>, List<Meaning>> phrases = new HashMap<>();
    private final SortedSet<String> names = new TreeSet<>();
    private int longest = 1;

    Lexicon(SemanticModel model, Vocabulary vocabulary) {
        vocabulary.forEach(this::add);
        model.metrics().stream().filter(metric -> !metric.hidden()).forEach(this::addMetric);
        model.dimensions().forEach(this::addDimension);
    }

    /** The words of the model that comes with the program. */
    static Lexicon shipped() {
        return Shipped.LEXICON;
    }

    private static final class Shipped {

        static final Lexicon LEXICON = new Lexicon(SemanticModel.shipped(), Vocabulary.packaged());
    }

    private void addMetric(Metric metric) {
        MetricNamed meaning = new MetricNamed(metric.name());
        metric.synonyms().forEach(synonym -> addName(synonym, meaning));
        addName(metric.name(), meaning);
        addName(metric.label(), meaning);
    }

    private void addDimension(Dimension dimension) {
        DimensionNamed meaning = new DimensionNamed(dimension.name());
        addName(dimension.name(), meaning);
        addName(dimension.label(), meaning);
        dimension.synonyms().forEach(synonym -> addName(synonym, meaning));
    }

    private void addName(String name, Meaning meaning) {
        add(name, meaning);
        names.add(name.replace('_', ' '));
    }

    private void add(String phrase, Meaning meaning) {
        List<String> stems = Words.stems(phrase.replace('_', ' '));
        List<Meaning> meanings = phrases.computeIfAbsent(stems, key -> new ArrayList<>());
        if (!meanings.contains(meaning)) {
            meanings.add(meaning);
        }
        longest = Math.max(longest, stems.size());
    }

    /** Most words that a phrase has. */
    int longest() {
        return longest;
    }

    List<Meaning> meanings(List<String> stems) {
        return phrases.getOrDefault(stems, List.of());
    }

    /** Names that are spelled much like the word. */
    List<String> like(String word) {
        return names.stream().filter(name -> Spelling.isLike(word, name)).toList();
    }
}
