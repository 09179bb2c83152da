package io.opsiq.learning;

import java.util.Locale;

/**
 * What a reviewer wrote, as far as learning looks at it: whether it names what a fact is like. A comment never decides anything; it makes
 * an explanation likelier that the verdicts have to bear out.
 *
 * @param words in small letters, a blank around each
 */
record Comment(String words) {

    private static final int LONGEST = 500;
    private static final int SHORTEST_NAME = 4;

    static Comment of(String text) {
        return new Comment(plain(text.length() > LONGEST ? text.substring(0, LONGEST) : text));
    }

    private static String plain(String text) {
        return " "
                + text.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", " ")
                        .strip() + " ";
    }

    /** Whether it has the value of this term; short values are words of every day. */
    boolean names(String term) {
        String value = plain(Terms.value(term));
        return value.length() >= SHORTEST_NAME + 2 && words.contains(value);
    }
}
