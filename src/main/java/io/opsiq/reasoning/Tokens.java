package io.opsiq.reasoning;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds given words and phrases in texts: whole ones, in any letter case, longer ones first. */
final class Tokens {

    private Tokens() {}

    static Pattern anyOf(Collection<String> phrases) {
        String alternatives = phrases.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}_-])(?:" + alternatives + ")(?![\\p{L}\\p{N}_]|-[\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** @param by what to put for what; the keys in lower case */
    static String replace(String text, Map<String, String> by) {
        return anyOf(by.keySet())
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        by.getOrDefault(found.group().toLowerCase(Locale.ROOT), found.group())));
    }
}
