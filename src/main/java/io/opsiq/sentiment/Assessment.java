package io.opsiq.sentiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Says in a sentence why a text was read as it was. */
final class Assessment {
    private static final int MOST_QUOTES = 4;
    private static final int LONGEST_QUOTE = 60;

    private final List<Token> words;
    private final Collection<Hit> hits;

    Assessment(List<Token> words, Collection<Hit> hits) {
        this.words = words;
        this.hits = hits;
    }

    String sentence(ReasonCode reason, RiskLevel risk) {
        var verdict = capitalised(reason.code().replace('_', ' ')) + ", " + risk.code() + " risk: ";
        return verdict
                + (hits.isEmpty()
                        ? "no word about billing or mood was recognised."
                        : "the text says " + quotes() + ".");
    }

    private String quotes() {
        var quotes = hits.stream()
                .sorted(Comparator.comparingDouble(Assessment::importance).reversed())
                .limit(MOST_QUOTES)
                .sorted(Comparator.comparingInt(Hit::from))
                .map(this::quote)
                .distinct()
                .toList();
        var last = quotes.getLast();
        return quotes.size() == 1 ? last : String.join(", ", quotes.subList(0, quotes.size() - 1)) + " and " + last;
    }

    private static double importance(Hit hit) {
        return hit.weight() + Math.abs(hit.risk());
    }

    /** Only as long as a reader can take in: a text must not be able to put a page of its own into the sentence. */
    private String quote(Hit hit) {
        var span = words.subList(hit.from(), hit.to()).stream()
                .filter(token -> !token.isBreak())
                .map(Token::shown)
                .toList();
        var quote = String.join(" ", span);
        return '"' + (quote.length() > LONGEST_QUOTE ? span.getFirst() + " \u2026 " + span.getLast() : quote) + '"';
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
