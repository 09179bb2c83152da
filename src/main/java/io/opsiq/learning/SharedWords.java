package io.opsiq.learning;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What comments say about whether verdicts have one cause. Reviewers use the same word or code for the same cause ("contract ramp",
 * "ramp deal", "GW-7"), which need not be anything that the books know. That a word is shared means the more, the less it is heard
 * elsewhere.
 */
final class SharedWords {

    private static final int SHORTEST = 3;
    /** "migrated" and "migration" are one word. */
    private static final int STEM = 4;
    /** The part of the comments on one cause that have its word. */
    private static final double SAID = 0.6;
    /** A word that was not heard elsewhere is one of so many. */
    private static final double VOCABULARY = 20;
    /** Any of the words of a comment might have been the one that others share. */
    private static final double WORDS = 5;

    /** How many nats comments may speak for a cause at most: they decide nothing. */
    private static final double MOST = 2;

    private final List<Bits> words;
    private final Bits commented;

    SharedWords(List<Comment> comments) {
        Map<String, Bits> heard = new TreeMap<>();
        commented = new Bits(comments.size());
        for (int i = 0; i < comments.size(); i++) {
            for (String stem : stems(comments.get(i))) {
                heard.computeIfAbsent(stem, fresh -> new Bits(comments.size())).set(i);
                commented.set(i);
            }
        }
        words = heard.values().stream().filter(having -> having.count() > 1).toList();
    }

    private static Set<String> stems(Comment comment) {
        return Arrays.stream(comment.words().split(" "))
                .filter(word -> word.length() >= SHORTEST)
                .map(word -> word.substring(0, Math.min(STEM, word.length())))
                .collect(Collectors.toSet());
    }

    /** How many nats the comments on these verdicts speak for their having one cause, 0 to {@value #MOST}. */
    double speakFor(Bits verdicts) {
        Bits inside = verdicts.and(commented);
        if (inside.count() < 2) {
            return 0;
        }
        double most = words.stream()
                .mapToDouble(word -> speaksFor(word, inside))
                .max()
                .orElse(0);
        return Math.clamp(most, 0, MOST);
    }

    /** Log likelihood ratio of one cause to several. */
    private double speaksFor(Bits word, Bits inside) {
        int comments = inside.count();
        int having = word.and(inside).count();
        double chance = (word.count() - having + 1) / (commented.count() - comments + VOCABULARY);
        return (having - 1) * Math.log(SAID / chance)
                + (comments - having) * Math.log((1 - SAID) / (1 - Math.min(SAID, chance)))
                - Math.log(WORDS);
    }
}
