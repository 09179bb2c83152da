package io.opsiq.sentiment;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Cuts a text into words and clause breaks. */
final class Words {
    private static final int LONGEST_TEXT = 20_000;
    private static final String BREAKS = ".,;:!?()[]{}<>|=\u2026\u2192\u2022\u3001\u3002";
    private static final String DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212";
    private static final String APOSTROPHES = "\u2018\u2019\u02bc\u00b4`";
    private static final String BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0";

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();

    private Words(String text) {
        this.text = text;
    }

    static List<Token> of(String text) {
        return new Words(fold(visible(text))).split();
    }

    /** Without what cannot be seen, every run of blanks as one space: padding must not push words over the bound. */
    private static String visible(String text) {
        var kept = new StringBuilder();
        for (int at = 0; at < text.length() && kept.length() < LONGEST_TEXT; ) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (isBlank(c)) {
                space(kept);
            } else if (!isInvisible(c)) {
                kept.appendCodePoint(c);
            }
        }
        return kept.toString();
    }

    private static void space(StringBuilder kept) {
        if (!kept.isEmpty() && kept.charAt(kept.length() - 1) != ' ') {
            kept.append(' ');
        }
    }

    /** Letters that differ only in case or width become one; upper case lies between, as some letters meet only there. */
    private static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private List<Token> split() {
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            take(c, at);
            at += Character.charCount(c);
        }
        endWord();
        return tokens;
    }

    private void take(int c, int at) {
        if (isWordLetter(c)) {
            word.appendCodePoint(c);
        } else if (isApostrophe(c) && isBetween(at, Words::isWordLetter)) {
            word.append('\'');
        } else if ((c == '.' || c == ',') && isBetween(at, Character::isDigit)) {
            word.appendCodePoint(c);
        } else {
            endWord();
            if (isBreak(c, at)) {
                endClause();
            }
        }
    }

    private void endWord() {
        if (!word.isEmpty()) {
            tokens.add(Token.word(word.toString()));
            word.setLength(0);
        }
    }

    private void endClause() {
        if (!tokens.isEmpty() && !tokens.getLast().isBreak()) {
            tokens.add(Token.BREAK);
        }
    }

    private boolean isBreak(int c, int at) {
        return BREAKS.indexOf(c) >= 0 || (DASHES.indexOf(c) >= 0 && at > 0 && isBlank(text.codePointBefore(at)));
    }

    private boolean isBetween(int at, IntPredicate kind) {
        return !word.isEmpty()
                && kind.test(text.codePointBefore(at))
                && at + 1 < text.length()
                && kind.test(text.codePointAt(at + 1));
    }

    private static boolean isApostrophe(int c) {
        return c == '\'' || APOSTROPHES.indexOf(c) >= 0;
    }

    private static boolean isWordLetter(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> Character.isLetterOrDigit(c) && !isApostrophe(c);
        };
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> BLANK_LETTERS.indexOf(c) >= 0 || isVariationSelector(c);
        };
    }

    private static boolean isVariationSelector(int c) {
        return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef) || (c >= 0x180b && c <= 0x180f);
    }
}
