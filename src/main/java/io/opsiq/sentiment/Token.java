package io.opsiq.sentiment;

/**
 * A word of a text, or the break between two clauses.
 *
 * @param key what the lexicon is asked for: no apostrophes, so that "isnt" is "isn't"; empty for a break
 * @param shown the word in lower case
 */
record Token(String key, String shown) {
    static final Token BREAK = new Token("", "");

    static Token word(String shown) {
        return new Token(shown.replace("'", ""), shown);
    }

    boolean isBreak() {
        return key.isEmpty();
    }
}
