package io.opsiq.reasoning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words written large: names, unless they only begin a sentence. */
final class Capitals {

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");
    private static final Set<String> ABBREVIATIONS = Set.of("SQL", "UTC", "ID", "IDs", "CSV", "OpsIQ");
    private static final String SENTENCE_ENDS = ".!?:;\n";
    private static final Set<String> OPENERS = openers();

    private final Set<String> words;
    private final Set<String> currencies;

    /** @param words known ones, in lower case */
    Capitals(Set<String> words, Set<String> currencies) {
        this.words = words;
        this.currencies = currencies;
    }

    private static Set<String> openers() {
        try (var file = Objects.requireNonNull(Capitals.class.getResourceAsStream("/prompts/sentence-openers.txt"))) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return List.of(text.strip().split("\\s+")).stream().collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the packaged list of words", e);
        }
    }

    /** The first name in the text that is not known. */
    Optional<String> flawIn(String text) {
        return WORD.matcher(text)
                .results()
                .filter(found -> found.group().chars().anyMatch(Character::isUpperCase))
                .filter(found -> !isKnown(found, text))
                .map(MatchResult::group)
                .findFirst();
    }

    private boolean isKnown(MatchResult found, String text) {
        String word = found.group();
        String small = word.toLowerCase(Locale.ROOT);
        return words.contains(small)
                || currencies.contains(word)
                || ABBREVIATIONS.contains(word)
                || (isPlainlyLarge(word) && OPENERS.contains(small) && beginsASentence(text, found.start()));
    }

    private static boolean isPlainlyLarge(String word) {
        return word.length() == 1 || word.substring(1).chars().noneMatch(Character::isUpperCase);
    }

    private static boolean beginsASentence(String text, int start) {
        int before = start - 1;
        while (before >= 0 && " \"'(\u201c\u2018".indexOf(text.charAt(before)) >= 0) {
            before--;
        }
        return before < 0 || SENTENCE_ENDS.indexOf(text.charAt(before)) >= 0;
    }
}
