package io.opsiq.reasoning;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;
import java.util.regex.Pattern;

/** Text as people see it: nothing invisible, no markup, no way out of the page. */
final class PlainText {

    private static final Pattern INVISIBLE = Pattern.compile(
            "[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFFA0"
                    + "\\uFE00-\\uFE0F\\x{E0100}-\\x{E01EF}&&[^\\n]]");
    private static final Pattern PILED_MARKS = Pattern.compile("(\\p{M}{2})\\p{M}+");
    private static final Pattern EMPHASIS = Pattern.compile("\\*\\*|__|`+|(?m)^\\s{0,3}(?:#{1,6}|>)\\s+");
    private static final Pattern MARKUP =
            Pattern.compile("<\\s*[\\p{L}/!?]|&(?:#\\w+|\\p{L}+);|!\\[|\\]\\s*\\(|\\]\\s*:");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)\\b(?:(?:https?|ftp|javascript|vbscript|mailto)\\s*:|(?:data|file)\\s*:\\s*[\\w.+-]*/)|\\bwww\\.|//\\w|\\S@\\S|"
                    + "\\b[\\p{L}\\d-]+\\.(?-i:[a-z]{2,})(?![\\p{L}\\d])");

    private PlainText() {}

    /** Without control and invisible characters, compatible forms made one, blanks made single. Line breaks stay. */
    static String clean(String text) {
        String plain = Normalizer.normalize(
                text.replaceAll("\\r\\n?|[\\u2028\\u2029\\x0B\\f\\x85]", "\n").replace('\t', ' '), Form.NFKC);
        String visible = INVISIBLE.matcher(plain).replaceAll("");
        return PILED_MARKS
                .matcher(visible)
                .replaceAll("$1")
                .replaceAll("[ \\u00A0]+", " ")
                .strip();
    }

    /** On one line, and no longer than this. */
    static String line(String text, int longest) {
        String line = clean(text).replaceAll("\\s+", " ");
        if (line.length() <= longest) {
            return line;
        }
        int end = longest - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "\u2026";
    }

    /** As {@link #clean}, with the marks of emphasis that models like taken out. */
    static String prose(String text) {
        return EMPHASIS.matcher(clean(text)).replaceAll("").strip();
    }

    /** What makes the text more than plain text. */
    static Optional<String> flawIn(String text) {
        if (MARKUP.matcher(text).find()) {
            return Optional.of("markup");
        }
        return ADDRESS.matcher(text).find() ? Optional.of("an address") : Optional.empty();
    }
}
