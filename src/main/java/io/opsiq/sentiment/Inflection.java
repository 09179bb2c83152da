package io.opsiq.sentiment;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Spells out the forms of words marked with {@code ~} in the lexicon: {@code refund~} is refund, refunds, refunded, refunding. */
final class Inflection {
    private Inflection() {}

    /** All forms of a phrase, as the words to look for. */
    static List<List<String>> of(String phrase) {
        List<List<String>> forms = List.of(List.of());
        for (var part : phrase.split(" ", -1)) {
            forms = extend(forms, part.endsWith("~") ? regular(part.substring(0, part.length() - 1)) : Set.of(part));
        }
        return forms;
    }

    private static List<List<String>> extend(List<List<String>> starts, Set<String> endings) {
        List<List<String>> longer = new ArrayList<>();
        for (var start : starts) {
            for (var ending : endings) {
                var words = new ArrayList<>(start);
                Words.of(ending).forEach(token -> words.add(token.key()));
                longer.add(List.copyOf(words));
            }
        }
        return longer;
    }

    private static Set<String> regular(String word) {
        Set<String> forms = new LinkedHashSet<>(List.of(word));
        if (word.endsWith("ise")) {
            forms.addAll(regular(word.substring(0, word.length() - 3) + "ize"));
        }
        var stem = word.substring(0, word.length() - 1);
        if (word.endsWith("e")) {
            forms.addAll(List.of(word + "s", word + "d", stem + "ing"));
        } else if (word.endsWith("y") && !word.endsWith("ay") && !word.endsWith("ey")) {
            forms.addAll(List.of(stem + "ies", stem + "ied", word + "ing"));
        } else {
            forms.addAll(List.of(word + (hisses(word) ? "es" : "s"), word + "ed", word + "ing"));
            if (word.endsWith("l")) {
                forms.addAll(List.of(word + "led", word + "ling"));
            }
        }
        return forms;
    }

    private static boolean hisses(String word) {
        return word.endsWith("s") || word.endsWith("x") || word.endsWith("ch") || word.endsWith("sh");
    }
}
