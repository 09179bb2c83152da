package io.opsiq.reasoning;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes keys, and what looks like one, out of texts that are kept. */
final class Redaction {

    private static final String IN_PLACE = "[key]";
    private static final Pattern LOOKS_LIKE_A_KEY = Pattern.compile(
            "(?i:bearer\\s+)[\\w.~+/=-]{8,}"
                    + "|\\b(?:sk|rk|pk|gsk|xai|sess|whsec)[-_][A-Za-z0-9_-]{12,}"
                    + "|\\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|hf_|AIza)[A-Za-z0-9_-]{10,}"
                    + "|\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"
                    + "|\\beyJ[\\w-]{8,}+\\.[\\w-]{8,}+(?:\\.[\\w-]*)?"
                    + "|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?"
                    + "|(?i:\\b(?:api[_-]?key|secret|password|passwd|access[_-]?token)\\b[\"']?\\s*[:=]\\s*)[\"']?[^\\s\"',;]{6,}");

    /** Shorter ones are no secrets but words such as {@code ollama}, which servers that want no key are given. */
    private static final int SHORTEST_SECRET = 12;

    private final @Nullable Pattern own;

    Redaction(@Nullable ApiKey key) {
        own = key == null || key.secret().length() < SHORTEST_SECRET
                ? null
                : Pattern.compile(Pattern.quote(key.secret()), Pattern.CASE_INSENSITIVE);
    }

    /** Without keys, and no longer than this. */
    String of(String text, int longest) {
        String without = own == null ? text : own.matcher(text).replaceAll(IN_PLACE);
        String redacted = LOOKS_LIKE_A_KEY.matcher(without).replaceAll(IN_PLACE);
        return redacted.length() <= longest ? redacted : redacted.substring(0, longest) + "\u2026";
    }

    boolean findsKeyIn(String text) {
        return (own != null && own.matcher(text).find())
                || LOOKS_LIKE_A_KEY.matcher(text).find();
    }
}
