package io.opsiq.analyst;

import java.util.List;
import java.util.Optional;

/**
 * Some words of a question and what they may stand for.
 *
 * @param meanings the likeliest first; none: words that nobody knows
 */
record Span(int start, int length, List<Meaning> meanings) {

    boolean is(Meaning.Cue cue) {
        return meanings.contains(cue);
    }

    boolean isKnown() {
        return !meanings.isEmpty();
    }

    <T extends Meaning> Optional<T> as(Class<T> type) {
        return meanings.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    <T extends Meaning> List<T> all(Class<T> type) {
        return meanings.stream().filter(type::isInstance).map(type::cast).toList();
    }

    Span only(Meaning meaning) {
        return new Span(start, length, List.of(meaning));
    }

    String text(List<Token> tokens) {
        return String.join(
                " ",
                tokens.subList(start, start + length).stream().map(Token::raw).toList());
    }
}
