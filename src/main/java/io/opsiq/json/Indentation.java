package io.opsiq.json;

import java.util.BitSet;

/** Lays compact JSON out as the generator lays out what it writes itself, without reading the values. */
final class Indentation {

    private static final String LINE_END = System.lineSeparator();

    private final String compact;
    private final StringBuilder laidOut;
    private final BitSet objects = new BitSet();
    private int level;
    private int depth;
    private int at;

    private Indentation(String compact, int depth) {
        this.compact = compact;
        this.depth = depth;
        this.laidOut = new StringBuilder(compact.length() + (compact.length() >> 1) + 16);
    }

    /**
     * The text laid out.
     *
     * @param compact one value as {@link Json#text} writes it
     * @param depth how many objects the value is in
     */
    static String of(String compact, int depth) {
        return new Indentation(compact, depth).laidOut();
    }

    private String laidOut() {
        while (at < compact.length()) {
            char next = compact.charAt(at);
            switch (next) {
                case '"' -> text();
                case '{', '[' -> open(next);
                case '}', ']' -> close(next);
                case ',' -> separate();
                case ':' -> put(" : ");
                default -> put(next);
            }
        }
        return laidOut.toString();
    }

    private void put(char one) {
        laidOut.append(one);
        at++;
    }

    private void put(String instead) {
        laidOut.append(instead);
        at++;
    }

    /** Up to the quote that ends it; what is escaped stays so. */
    private void text() {
        int end = at + 1;
        for (char next = compact.charAt(end); next != '"'; next = compact.charAt(end)) {
            end += next == '\\' ? 2 : 1;
        }
        laidOut.append(compact, at, end + 1);
        at = end + 1;
    }

    private void open(char bracket) {
        put(bracket);
        char next = compact.charAt(at);
        if (next == '}' || next == ']') {
            laidOut.append(' ');
            put(next);
        } else {
            objects.set(++level, bracket == '{');
            depth += bracket == '{' ? 1 : 0;
            breakOff();
        }
    }

    private void close(char bracket) {
        depth -= bracket == '}' ? 1 : 0;
        breakOff();
        level--;
        put(bracket);
    }

    private void separate() {
        put(',');
        breakOff();
    }

    /** What objects have on a line each, lists have in a row. */
    private void breakOff() {
        if (objects.get(level)) {
            newLine();
        } else {
            laidOut.append(' ');
        }
    }

    private void newLine() {
        laidOut.append(LINE_END);
        for (int i = 0; i < depth; i++) {
            laidOut.append("  ");
        }
    }
}
