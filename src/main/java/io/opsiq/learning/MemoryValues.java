package io.opsiq.learning;

import io.opsiq.detectors.Pack;
import io.opsiq.learning.Lessons.Penalty;
import io.opsiq.learning.MemoryImprovement.Change;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.DSLContext;

/** The values of memory that everyone knows, and how verdicts move penalties and the style of explanations. */
final class MemoryValues {

    private static final String PENALTY = MemoryKey.FALSE_POSITIVE_PENALTY.key();
    private static final String STYLE = MemoryKey.EXPLANATION_STYLE.key();
    private static final String BY_FEEDBACK = "feedback";

    private final MemoryRepository repository;
    private final VerdictRepository verdicts;
    private final Supplier<Pack> pack;
    private final Clock clock;

    MemoryValues(MemoryRepository repository, VerdictRepository verdicts, Supplier<Pack> pack, Clock clock) {
        this.repository = repository;
        this.verdicts = verdicts;
        this.pack = pack;
        this.clock = clock;
    }

    /** Every value, those that never moved too. */
    List<MemoryEntry> all(DSLContext context) {
        Map<String, MemoryEntry> entries = new LinkedHashMap<>();
        for (MemoryKey key : MemoryKey.ALL) {
            entries.put(key.key(), standard(key));
        }
        repository.current(context).forEach(entry -> entries.put(entry.key(), entry));
        return List.copyOf(entries.values());
    }

    private MemoryEntry standard(MemoryKey key) {
        return new MemoryEntry(
                "MEM-" + key.key(), key.key(), key.standard(pack.get()), "Nothing moved it yet.", "default", null);
    }

    /** {@code detailed} or {@code concise}. */
    String explanationStyle(DSLContext context) {
        return repository
                .current(context, STYLE)
                .map(entry -> entry.value().toString())
                .orElse("detailed");
    }

    /** Brings the values in line with the verdicts in force, inside the verdict's transaction; answers with what moved. */
    List<MemoryEntry> learn(DSLContext transaction, String feedbackId, String because) {
        long before = repository.lastVersion(transaction);
        Lessons lessons = Lessons.of(verdicts.inForceByType(transaction));
        penalties(transaction, lessons)
                .forEach((key, penalty) -> move(
                        transaction,
                        key,
                        penalty.share(),
                        new BigDecimal("0.0"),
                        (because + " " + penalty.reason()).strip(),
                        feedbackId));
        String style = verdicts.notUseful(transaction) % 2 == 0 ? "detailed" : "concise";
        move(transaction, STYLE, style, "detailed", because, feedbackId);
        return repository.since(transaction, before);
    }

    /** The highest penalty in force under the key that everyone knows, and beside it each type's own, also those gone. */
    private Map<String, Penalty> penalties(DSLContext transaction, Lessons lessons) {
        Penalty none = new Penalty(new BigDecimal("0.0"), "");
        Map<String, Penalty> penalties = new LinkedHashMap<>();
        penalties.put(
                PENALTY,
                lessons.penalties().values().stream()
                        .reduce((one, other) -> one.share().compareTo(other.share()) >= 0 ? one : other)
                        .orElse(none));
        Set<String> types = new LinkedHashSet<>(lessons.penalties().keySet());
        repository.current(transaction).stream()
                .map(MemoryEntry::key)
                .filter(key -> key.startsWith(PENALTY + "."))
                .map(key -> key.substring(PENALTY.length() + 1))
                .forEach(types::add);
        types.forEach(
                type -> penalties.put(PENALTY + "." + type, lessons.penalties().getOrDefault(type, none)));
        return penalties;
    }

    private void move(
            DSLContext transaction, String key, Object to, Object standard, String because, String feedbackId) {
        Object from =
                repository.current(transaction, key).map(MemoryEntry::value).orElse(standard);
        if (!areSame(from, to)) {
            repository.put(
                    transaction,
                    key,
                    to,
                    "From %s to %s. %s".formatted(from, to, because),
                    BY_FEEDBACK,
                    feedbackId,
                    clock.instant());
        }
    }

    /** Whether two values mean the same, as 1 and 1.0 do. */
    static boolean areSame(Object one, Object other) {
        if (one instanceof Number && other instanceof Number) {
            return new BigDecimal(one.toString()).compareTo(new BigDecimal(other.toString())) == 0;
        }
        return one.equals(other);
    }

    /** Those of the values that are not the standard ones. */
    List<Change> changes(List<MemoryEntry> entries) {
        return entries.stream().map(this::change).flatMap(Optional::stream).toList();
    }

    private Optional<Change> change(MemoryEntry entry) {
        Object standard = MemoryKey.ALL.stream()
                .filter(key -> key.key().equals(entry.key()))
                .findFirst()
                .map(key -> key.standard(pack.get()))
                .orElse(new BigDecimal("0.0"));
        return areSame(standard, entry.value()) ? Optional.empty() : Optional.of(Change.of(entry, standard));
    }

    /** What all of it means, in sentences. */
    static List<String> notes(Lessons lessons, List<Proposal> waiting, int falsePositives) {
        List<String> notes = new ArrayList<>();
        typesByShare(lessons)
                .forEach((share, types) -> notes.add(
                        "Cases of %s are shown with %s less confidence and %s %% less estimated impact from the next run on."
                                .formatted(
                                        String.join(", ", types),
                                        share,
                                        share.movePointRight(2)
                                                .stripTrailingZeros()
                                                .toPlainString())));
        waiting.forEach(proposal -> notes.add("%s stays at %s; %s is proposed and waits for %s"
                .formatted(proposal.key(), proposal.from(), proposal.to(), proposal.waitsFor())));
        if (falsePositives > 0) {
            notes.add(
                    falsePositives == 1
                            ? "1 case is marked as false positive."
                            : falsePositives + " cases are marked as false positives.");
        }
        if (notes.isEmpty()) {
            notes.add("Nothing was learned yet. Verdicts on cases teach.");
        }
        return notes;
    }

    /** Types that were taken the same share of are one sentence. */
    private static Map<BigDecimal, List<String>> typesByShare(Lessons lessons) {
        Map<BigDecimal, List<String>> types = new LinkedHashMap<>();
        lessons.penalties()
                .forEach((type, penalty) -> types.computeIfAbsent(penalty.share(), _ -> new ArrayList<>())
                        .add(type));
        return types;
    }
}
