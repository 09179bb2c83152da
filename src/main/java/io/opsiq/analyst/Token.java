package io.opsiq.analyst;

/**
 * A word of a question.
 *
 * @param word in lower case, without accents
 * @param stem the word without a plural's ending
 * @param raw as it was written
 * @param listed whether a comma or an ampersand stands before it
 */
record Token(String word, String stem, String raw, boolean listed) {}
