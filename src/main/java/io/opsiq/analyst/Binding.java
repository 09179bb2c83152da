package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Count;
import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.DimensionNamed;
import io.opsiq.analyst.Meaning.MetricNamed;
import io.opsiq.analyst.Meaning.ValueNamed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds for each word of a question the longest run of words that stands for something. */
final class Binding {

    private static final Set<String> OF_CASES = Set.of("anomaly_type", "severity");

    private final List<Token> tokens;
    private final Lexicon lexicon;
    private final Map<String, List<ValueNamed>> terms;
    private final TimePhrases times;
    private final boolean aboutCases;

    /** @param aboutCases whether kinds and severities of cases may be meant */
    Binding(
            List<Token> tokens,
            Lexicon lexicon,
            Map<String, List<ValueNamed>> terms,
            TimePhrases times,
            boolean aboutCases) {
        this.tokens = tokens;
        this.lexicon = lexicon;
        this.terms = terms;
        this.times = times;
        this.aboutCases = aboutCases;
    }

    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < tokens.size(); ) {
            Span span = at(i);
            spans.add(span);
            i += span.length();
        }
        return spans;
    }

    private Span at(int i) {
        Optional<Span> time = times.at(i);
        int longest = Math.min(Math.max(lexicon.longest(), Terms.longest()), tokens.size() - i);
        int timed = time.map(Span::length).orElse(0);
        for (int length = longest; length > timed; length--) {
            List<Meaning> meanings = meanings(i, length);
            if (!meanings.isEmpty()) {
                return new Span(i, length, meanings);
            }
        }
        return time.or(() -> NumberWords.number(tokens.get(i).word())
                        .map(number -> new Span(i, 1, List.of(new Count(number)))))
                .orElseGet(() -> new Span(i, 1, List.of()));
    }

    private List<Meaning> meanings(int i, int length) {
        List<Token> run = tokens.subList(i, i + length);
        List<Meaning> known = lexicon.meanings(run.stream().map(Token::stem).toList()).stream()
                .filter(meaning ->
                        aboutCases || !(meaning instanceof ValueNamed value && OF_CASES.contains(value.dimension())))
                .toList();
        String words = run.stream().map(token -> token.word().replace('-', ' ')).collect(Collectors.joining(" "));
        List<ValueNamed> values = terms.getOrDefault(words, terms.getOrDefault(Terms.singular(words), List.of()));
        boolean named = !values.isEmpty() && isNamed(i, run, values, known);
        if (values.isEmpty() && isAbbreviation(run) && known.contains(Cue.FILLER)) {
            return List.of(); // US and IT are no "us" and "it"
        }
        List<Meaning> all = new ArrayList<>();
        if (named) {
            all.addAll(values);
        }
        known.stream()
                .filter(meaning -> !all.contains(meaning) && !(named && meaning instanceof Cue))
                .forEach(all::add);
        if (!named && !isPlainWord(known)) {
            values.stream().filter(meaning -> !all.contains(meaning)).forEach(all::add);
        }
        return all;
    }

    private boolean isAbbreviation(List<Token> run) {
        return run.size() == 1
                && run.getFirst().raw().matches("\\p{Lu}{2,}")
                && tokens.stream().anyMatch(token -> token.raw().matches(".*\\p{Ll}.*"));
    }

    /** Whether words that also say something else are meant as the value: written just so, or beside its dimension. */
    private boolean isNamed(int i, List<Token> run, List<ValueNamed> values, List<Meaning> known) {
        if (known.isEmpty()) {
            return true;
        }
        String written = run.stream().map(Token::raw).collect(Collectors.joining(" "));
        boolean asWritten = i > 0
                && !written.equals(written.toLowerCase(java.util.Locale.ROOT))
                && values.stream().anyMatch(value -> value.value().equals(written));
        return (isPlainWord(known) && asWritten)
                || besideDimension(i - 1, values)
                || besideDimension(i + run.size(), values);
    }

    private boolean besideDimension(int i, List<ValueNamed> values) {
        return i >= 0
                && i < tokens.size()
                && lexicon.meanings(List.of(tokens.get(i).stem())).stream()
                        .anyMatch(meaning -> meaning instanceof DimensionNamed named
                                && (named.dimension().equals("customer")
                                        || values.stream()
                                                .anyMatch(value ->
                                                        value.dimension().equals(named.dimension()))));
    }

    private static boolean isPlainWord(List<Meaning> known) {
        return known.stream().anyMatch(meaning -> meaning instanceof Cue);
    }

    /** Whether something is asked of cases. */
    static boolean isAboutCases(List<Span> spans) {
        return spans.stream()
                .flatMap(span -> span.all(MetricNamed.class).stream())
                .anyMatch(metric ->
                        metric.metric().equals("case_count") || metric.metric().equals("leakage"));
    }
}
