package io.opsiq.analyst;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits text into words, the way the books' values were split when the snapshot was made. */
final class Words {

    private static final Pattern WORD =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}(?!\\d)|\\d{4}-\\d{2}(?![\\d-])|[\\p{L}\\p{N}\\p{M}]+|%");
    private static final Pattern POSSESSIVE = Pattern.compile("(?<=\\p{L})['’]s\\b", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern ABBREVIATION =
            Pattern.compile("\\b(\\p{L})\\.(\\p{L})\\.", Pattern.UNICODE_CHARACTER_CLASS);

    private Words() {}

    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        String plain =
                ABBREVIATION.matcher(POSSESSIVE.matcher(text).replaceAll("")).replaceAll("$1$2");
        Matcher matcher = WORD.matcher(plain);
        int end = 0;
        while (matcher.find()) {
            boolean listed = plain.substring(end, matcher.start()).matches("\\s*[,&]\\s*");
            end = matcher.end();
            String raw = matcher.group();
            String word = raw.equals("%") ? "percent" : plain(raw);
            tokens.add(new Token(word, stem(word), raw, listed));
        }
        return tokens;
    }

    /** The word at this place; empty beyond the first and the last. */
    static String at(List<Token> tokens, int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i).word() : "";
    }

    static List<String> stems(String phrase) {
        return of(phrase).stream().map(Token::stem).toList();
    }

    private static String plain(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
    }

    /** Plural and singular are one word; what that makes of words that are neither is the same on both sides. */
    static String stem(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.matches(".{2,}(s|x|z|ch|sh)es")) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.length() > 3 && word.endsWith("s") && !word.matches(".*(ss|us|is)");
        return plural ? word.substring(0, word.length() - 1) : word;
    }
}
