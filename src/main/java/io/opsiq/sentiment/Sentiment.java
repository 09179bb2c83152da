package io.opsiq.sentiment;

import java.util.List;

/**
 * Reads short billing texts: refund reasons, notes, evidence, reviewers' comments.
 *
 * <p>The same text always gives the same reading, whatever its letter case and spacing. An instance may be shared by threads. Any text
 * is safe to read: control and invisible characters are ignored, and so is what follows the first 20,000 characters.
 */
public final class Sentiment {
    private final Lexicon lexicon;

    /** Reads with the billing lexicon that comes with OpsIQ. */
    public Sentiment() {
        this(LexiconFile.packaged());
    }

    Sentiment(Lexicon lexicon) {
        this.lexicon = lexicon;
    }

    /** What the text says; a text that says nothing known is neutral and unclear. */
    public Reading read(String text) {
        var words = Words.of(text);
        return new Weighing(words, new Scan(words, lexicon).hits()).reading();
    }

    /** What the texts of one case say together; blank texts do not count. */
    public CaseSentiment overall(List<String> texts) {
        return CaseSentiment.of(texts.stream()
                .filter(text -> !Words.of(text).isEmpty())
                .map(this::read)
                .toList());
    }
}
