package io.opsiq.analyst;

import io.opsiq.analyst.Meaning.Cue;
import io.opsiq.analyst.Meaning.Every;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question whose words are bound.
 *
 * @param spans each word lies in one
 * @param aboutCases whether kinds and severities of cases may be meant
 * @param goesOn whether there is a question before it that it may go on from
 */
record Sentence(List<Token> tokens, List<Span> spans, boolean aboutCases, boolean goesOn) {

    boolean has(Cue... anyOf) {
        return spans.stream().anyMatch(span -> span.is(anyOf));
    }

    boolean hasWord(String pattern) {
        return tokens.stream().anyMatch(token -> token.word().matches(pattern));
    }

    boolean beginsWith(String pattern) {
        return tokens.getFirst().word().matches(pattern);
    }

    Span at(int i) {
        return spans.get(i);
    }

    /** Whether there is such a span at this place. */
    boolean is(int i, Predicate<Span> wanted) {
        return i >= 0 && i < spans.size() && wanted.test(spans.get(i));
    }

    /** The place of the first such span; -1 where there is none. */
    int first(Predicate<Span> wanted) {
        for (int i = 0; i < spans.size(); i++) {
            if (wanted.test(spans.get(i))) {
                return i;
            }
        }
        return -1;
    }

    <T extends Meaning> List<T> all(Class<T> type) {
        return spans.stream().flatMap(span -> span.all(type).stream()).toList();
    }

    /** The words as they were written. */
    String text(Span span) {
        return span.words(tokens).stream().map(Token::raw).collect(Collectors.joining(" "));
    }

    /** What "by month" and the like say. */
    @Nullable
    Grain grain() {
        return all(Every.class).stream().map(Every::grain).findFirst().orElse(null);
    }

    /** Whether the words name a kind of case, and cannot name a number, since another one is asked for. */
    boolean isKindOfCaseAlone(Span span) {
        boolean otherNumber =
                spans.stream().anyMatch(other -> other.start() != span.start() && Binding.isAboutCases(List.of(other)));
        return aboutCases && span.isValueOf("anomaly_type") && (otherNumber || goesOn);
    }
}
