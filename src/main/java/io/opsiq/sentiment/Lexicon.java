package io.opsiq.sentiment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words and phrases with what they do; immutable once built. */
final class Lexicon {
    record Match(Entry entry, int length) {}

    private static final class Node {
        private final Map<String, Node> next = new HashMap<>();
        private @Nullable Entry entry;
    }

    private final Node root = new Node();

    Lexicon(Map<List<String>, Entry> entries) {
        entries.forEach(this::put);
    }

    private void put(List<String> phrase, Entry entry) {
        var node = root;
        for (var word : phrase) {
            node = node.next.computeIfAbsent(word, _ -> new Node());
        }
        node.entry = entry;
    }

    /** The longest phrase that begins at a token. */
    @Nullable
    Match longestAt(List<Token> words, int start) {
        Match longest = null;
        var node = root.next.get(words.get(start).key());
        for (int at = start + 1; node != null; at++) {
            if (node.entry != null) {
                longest = new Match(node.entry, at - start);
            }
            node = at < words.size() ? node.next.get(words.get(at).key()) : null;
        }
        return longest;
    }
}
