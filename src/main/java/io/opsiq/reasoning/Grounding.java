package io.opsiq.reasoning;

import io.opsiq.reasoning.Facts.Gathered;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether prose says only what it was told: each number, date, amount, id and name in it has to be one of the facts'.
 *
 * <p>Formats and roundings of a given number are that number ({@code 1,050} for 1050.00, {@code 1.1 million} for 1,053,200); a
 * percentage has to be given as a share, money with its currency. A name is a word that is written large, is not in the facts and is no
 * common first word of a sentence. Names written small, and right facts wrongly connected, are not seen.
 */
public final class Grounding {

    private static final Pattern LISTING = Pattern.compile("(?m)^\\s*(?:\\d{1,2}[.)]|[-*\\u2022])\\s+");
    private static final Pattern FOREIGN = Pattern.compile("[\\p{L}&&[^\\p{IsLatin}]]");
    private static final Pattern ID = Pattern.compile("[\\p{L}\\p{N}_-]*(?:\\p{L}_+\\p{L}|\\p{N})[\\p{L}\\p{N}_-]*");
    /** What given names and ids become, so that they neither count as numbers nor join what stands around them. */
    private static final String REMOVED = " it ";

    private final Set<String> names;
    private final Dates dates;
    private final Numbers numbers;
    private final Capitals capitals;

    private Grounding(Set<String> names, Dates dates, Numbers numbers, Capitals capitals) {
        this.names = names;
        this.dates = dates;
        this.numbers = numbers;
        this.capitals = capitals;
    }

    /** What these facts allow to say, labels by their value or by their stand-in. */
    public static Grounding in(Facts facts) {
        return in(facts, true);
    }

    /** @param named whether labels may be said by their value */
    static Grounding in(Facts facts, boolean named) {
        Gathered gathered = facts.gathered();
        Set<String> names = new HashSet<>(gathered.ids);
        names.addAll(gathered.labels.keySet());
        if (named) {
            gathered.labels.values().forEach(label -> names.add(label.value()));
        }
        Numbers numbers = new Numbers(gathered.numbers, gathered.amounts, gathered.percents);
        return new Grounding(
                names,
                new Dates(gathered.dates, gathered.times),
                numbers,
                new Capitals(gathered.words, numbers.currencies()));
    }

    /** The first thing in the prose that the facts do not hold; nothing when all of it is told. */
    public Optional<String> flawIn(String prose) {
        String unlisted = LISTING.matcher(PlainText.clean(prose)).replaceAll("\n");
        String untold = dates.removedFrom(namesRemovedFrom(unlisted));
        String wordsLeft = numbers.removedFrom(untold);
        return Stream.<Supplier<Optional<String>>>of(
                        () -> numbers.flawIn(untold).map(found -> "number " + found),
                        () -> first(FOREIGN, wordsLeft).map(found -> "letter " + found),
                        () -> first(ID, wordsLeft).map(found -> "id " + found),
                        () -> capitals.flawIn(wordsLeft).map(found -> "name " + found))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether this value stands in the facts as a name, an id, or in what a user typed. */
    boolean knows(String literal, List<String> typed) {
        Pattern whole = Tokens.anyOf(List.of(literal));
        return names.stream().anyMatch(literal::equalsIgnoreCase)
                || typed.stream().anyMatch(text -> whole.matcher(text).find());
    }

    private String namesRemovedFrom(String text) {
        return names.isEmpty() ? text : Tokens.anyOf(names).matcher(text).replaceAll(REMOVED);
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }
}
