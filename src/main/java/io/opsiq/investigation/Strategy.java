package io.opsiq.investigation;

import io.opsiq.detectors.Detector;
import io.opsiq.learning.Lessons;
import io.opsiq.signals.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which detectors run first, on what, and why. It orders and focuses; every detector that the books allow runs.
 *
 * @param focuses all detectors, the first one first
 */
public record Strategy(List<Focus> focuses) {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final List<String> TELLING = List.of("metric", "type");
    private static final List<String> SCOPES = List.of(
            "region",
            "plan_tier",
            "customer_id",
            "invoice_id",
            "invoice_ids",
            "payment_id",
            "refund_id",
            "subscription_id",
            "payment_processor");
    private static final int NAMED = 3;
    private static final int LONGEST_SCOPE = 64;
    private static final int MOST_SCOPES = 5;
    private static final int MOST_SIGNALS = 3;

    /**
     * A detector's place.
     *
     * @param on what the signals point at, such as {@code region EMEA}
     * @param because why it stands where it stands
     */
    public record Focus(String detector, List<String> on, List<String> because) {}

    private record Weighed(Focus focus, int weight, boolean doubted) {}

    /** What the signals (the most urgent first) and the lessons of earlier verdicts suggest. */
    static Strategy of(List<Signal> signals, List<Detector> detectors, Lessons lessons) {
        return new Strategy(detectors.stream()
                .map(detector -> weighed(detector, signals, lessons))
                .sorted(Comparator.comparingInt(Weighed::weight)
                        .reversed()
                        .thenComparing(Weighed::doubted)
                        .thenComparing(each -> each.focus().detector()))
                .map(Weighed::focus)
                .toList());
    }

    private static Weighed weighed(Detector detector, List<Signal> signals, Lessons lessons) {
        int weight = 0;
        Set<String> on = new LinkedHashSet<>();
        List<Signal> naming = new ArrayList<>();
        List<Signal> touching = new ArrayList<>();
        for (Signal signal : signals) {
            int match = match(detector, signal);
            if (match > 0 && signal.weight() > 0) {
                weight += match * signal.weight();
                (match == NAMED ? naming : touching).add(signal);
                on.addAll(scopes(signal));
            }
        }
        List<String> because = new ArrayList<>();
        reason(naming, "names what it looks for", "name what it looks for").ifPresent(because::add);
        reason(touching, "is about a table that it reads", "are about a table that it reads")
                .ifPresent(because::add);
        Lessons.@Nullable Penalty penalty = lessons.penalties().get(detector.id());
        if (penalty != null) {
            because.add("Verdicts took %s off its confidence.".formatted(penalty.share()));
        }
        if (because.isEmpty()) {
            because.add("No signal points at it; it runs all the same.");
        }
        List<String> scopes = on.stream().limit(MOST_SCOPES).toList();
        return new Weighed(new Focus(detector.id(), scopes, List.copyOf(because)), weight, penalty != null);
    }

    /** One sentence for any number of signals: on large books dozens speak for a detector, and the first ones tell why. */
    private static Optional<String> reason(List<Signal> signals, String one, String many) {
        List<String> named = signals.stream()
                .limit(MOST_SIGNALS)
                .map(signal -> "%s (%s)".formatted(signal.signalId(), signal.severity()))
                .toList();
        return switch (signals.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("Signal %s %s.".formatted(named.getFirst(), one));
            default ->
                Optional.of("Signals %s%s %s."
                        .formatted(
                                String.join(", ", named),
                                signals.size() > named.size()
                                        ? " and %,d more".formatted(signals.size() - named.size())
                                        : "",
                                many));
        };
    }

    /** How closely the signal concerns the detector: its own name, one of its tables, or nothing. Free text does not count. */
    private static int match(Detector detector, Signal signal) {
        Set<String> words = words(signal);
        if (Stream.of(detector.id().split("_")).allMatch(words::contains)) {
            return NAMED;
        }
        return detector.requires().keySet().stream().anyMatch(words::contains) ? 1 : 0;
    }

    private static Set<String> words(Signal signal) {
        Set<String> words = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(signal.signalType(), signal.relatedEntity()),
                        TELLING.stream().map(signal.payload()::get))
                .filter(String.class::isInstance)
                .flatMap(text -> BETWEEN_WORDS.splitAsStream(text.toString().toLowerCase(Locale.ROOT)))
                .forEach(word -> {
                    words.add(word);
                    words.add(word + "s");
                });
        return words;
    }

    private static List<String> scopes(Signal signal) {
        return SCOPES.stream()
                .filter(signal.payload()::containsKey)
                .map(key -> Map.entry(key, String.valueOf(signal.payload().get(key))))
                .filter(scope -> scope.getValue().length() <= LONGEST_SCOPE)
                .map(scope -> scope.getKey().replace('_', ' ') + " " + scope.getValue())
                .toList();
    }

    /** The detectors that the signal concerns. */
    static List<String> concerned(Signal signal, List<Detector> detectors) {
        return detectors.stream()
                .filter(detector -> match(detector, signal) > 0)
                .map(Detector::id)
                .toList();
    }

    /** The same focuses in another order, each with a reason of its own before those that it has. */
    Strategy reordered(Map<String, String> reasons) {
        List<String> order = List.copyOf(reasons.keySet());
        return new Strategy(focuses.stream()
                .sorted(Comparator.comparingInt(focus -> order.indexOf(focus.detector())))
                .map(focus -> new Focus(
                        focus.detector(),
                        focus.on(),
                        Stream.concat(Stream.of(reasons.get(focus.detector())), focus.because().stream())
                                .toList()))
                .toList());
    }

    /** The detectors in their order. */
    List<String> order() {
        return focuses.stream().map(Focus::detector).toList();
    }

    /** In words. */
    String statement() {
        return String.join(
                " ",
                focuses.stream()
                        .map(focus -> "%s%s: %s"
                                .formatted(
                                        focus.detector(),
                                        focus.on().isEmpty() ? "" : " (" + String.join(", ", focus.on()) + ")",
                                        String.join(" ", focus.because())))
                        .toList());
    }
}
