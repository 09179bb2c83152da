package io.opsiq.detectors;

import io.opsiq.books.Books;
import io.opsiq.books.SharedTables;
import io.opsiq.detectors.Detector.Phase;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The detectors at work on one set of books. Facts are found first and their money is counted once: detectors settle from the
 * most specific to the least, and a finding that counts a record already counted gives way to the one that did. Rhythms
 * then see what is left, in the table {@code counted}.
 */
public final class Detection {

    private final Books books;
    private final Engine engine;
    private final Pack pack;
    private final Findings findings;
    private final Map<String, Map<String, BigDecimal>> limits;
    private final Consumer<String> progress;
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * @param limits learned values of parameters: detector to parameter to value; others keep their defaults
     * @param progress is told the name of each detector before it runs
     */
    public Detection(Books books, Pack pack, Map<String, Map<String, BigDecimal>> limits, Consumer<String> progress) {
        this.books = books;
        this.engine = books.engine();
        this.pack = pack;
        this.findings = new Findings(books, pack);
        this.limits = limits;
        this.progress = progress;
    }

    /** What became of a detector on these books. */
    public sealed interface Outcome {

        Detector detector();

        /** It ran. */
        record Ran(Detector detector, long found, Duration took) implements Outcome {}

        /** It could not run, and why. */
        record Skipped(Detector detector, String reason) implements Outcome {}
    }

    /** Why the detector cannot run on these books; empty when it can. */
    public static Optional<String> whyNot(Detector detector, Books books) {
        return books.missing(detector.requires()).or(() -> missingAlternatives(detector, books));
    }

    private static Optional<String> missingAlternatives(Detector detector, Books books) {
        List<String> missing = detector.oneOf().stream()
                .map(books::missing)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        return missing.size() < detector.oneOf().size() || missing.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", and ", missing));
    }

    /** What could not be judged although its detectors ran, as sentences. */
    public List<String> remarks() {
        Stream<String> unrated = SharedTables.unrated(books).entrySet().stream()
                .map(entry -> "On %s it is not known what was due: each time %s."
                        .formatted(invoices(entry.getValue()), entry.getKey()));
        Stream<String> others = Stream.of(
                        told(
                                SharedTables.unconverted(books),
                                "On %s it is not known what was collected: paid in another currency, for which fx_rates has no rate."),
                        told(
                                SharedTables.inArrears(books),
                                "Without a period, and judged by the month before their date: %s. First or last invoices of subscriptions show that this is what they are for."))
                .flatMap(Optional::stream);
        return Stream.concat(unrated, others).toList();
    }

    private static Optional<String> told(long invoices, String sentence) {
        return invoices == 0 ? Optional.empty() : Optional.of(sentence.formatted(invoices(invoices)));
    }

    private static String invoices(long count) {
        return count == 1 ? "1 invoice" : "%,d invoices".formatted(count);
    }

    /** Runs every detector that the books allow, facts before rhythms. */
    public List<Outcome> run() {
        return run(List.of());
    }

    /**
     * As {@link #run()}, in this order as far as it goes.
     *
     * @param first ids of detectors; others come after them
     */
    public List<Outcome> run(List<String> first) {
        engine.run("create schema found");
        Settlement settlement = new Settlement(engine);
        List<Detector> bySpecificity = pack.bySpecificity();
        List<Detector> inOrder = bySpecificity.stream()
                .sorted(Comparator.comparingInt(
                        detector -> first.contains(detector.id()) ? first.indexOf(detector.id()) : first.size()))
                .toList();
        inOrder.stream().filter(detector -> detector.phase() == Phase.FACTS).forEach(this::find);
        bySpecificity.stream().filter(this::hasRun).forEach(settlement::settle);
        inOrder.stream().filter(detector -> detector.phase() == Phase.RHYTHMS).forEach(this::find);
        new CommonCauses(books).find(bySpecificity.stream().filter(this::hasRun).toList());
        return List.copyOf(outcomes);
    }

    private boolean hasRun(Detector detector) {
        return outcomes.stream()
                .anyMatch(outcome -> outcome instanceof Outcome.Ran
                        && outcome.detector().id().equals(detector.id()));
    }

    private void find(Detector detector) {
        progress.accept(detector.name());
        long started = System.nanoTime();
        Optional<String> whyNot = whyNot(detector, books);
        if (whyNot.isEmpty()) {
            try {
                SharedTables.makeFor(detector.query(), books);
                make(table(detector), detector, name -> limit(detector, name));
                long found = engine.one("select count(*) from " + table(detector), row -> row.getLong(1));
                outcomes.add(new Outcome.Ran(detector, found, Duration.ofNanos(System.nanoTime() - started)));
                return;
            } catch (EngineException e) {
                if (engine.isCancelled()) {
                    throw e;
                }
                whyNot = Optional.of("it failed: " + e.getMessage());
            }
        }
        engine.run("create or replace table " + table(detector)
                + " (amount decimal(18, 4), currency varchar, fact_date date)");
        outcomes.add(new Outcome.Skipped(detector, whyNot.get()));
    }

    private void make(String table, Detector detector, Function<String, BigDecimal> limits) {
        NamedParameters query = NamedParameters.in(detector.query());
        engine.run(
                "create table " + table + " as\n" + query.sql(),
                query.names().stream().map(limits).toArray());
    }

    private BigDecimal limit(Detector detector, String name) {
        Detector.Param param = detector.params().get(name);
        if (param == null) {
            throw new IllegalStateException(
                    detector.id() + "/query.sql names $" + name + ", which detector.yaml does not have.");
        }
        return limits.getOrDefault(detector.id(), Map.of()).getOrDefault(name, param.value());
    }

    static String table(Detector detector) {
        return "found." + Sql.identifier(detector.id());
    }

    /** Streams the findings of all detectors that ran, those that gave way left out. */
    public void forEachFinding(Consumer<Finding> consumer) {
        Attributes.make(engine, thatFound().toList());
        thatFound().forEach(detector -> findings.forEachStanding(detector, consumer));
    }

    private Stream<Detector> thatFound() {
        return outcomes.stream()
                .filter(outcome -> outcome instanceof Outcome.Ran ran && ran.found() > 0)
                .map(Outcome::detector);
    }

    /** What findings of one type have in common, the widest first. */
    public List<CommonCause> commonCauses() {
        return new CommonCauses(books).all();
    }

    /** A finding that is no case because another counts its money: its fingerprint, and the name of the other's type. */
    public record GivenWay(String fingerprint, String countedBy) {}

    /** Streams the findings that gave way. */
    public void forEachGivenWay(Consumer<GivenWay> consumer) {
        thatFound().forEach(detector -> findings.forEachGivenWay(detector, consumer));
    }

    /**
     * Streams the findings that a detector would not make with another limit, those that gave way left out. What gave way to them is
     * not looked at.
     *
     * @param consumer is given each without its sentences
     */
    public void forEachLost(String detectorId, String parameter, BigDecimal other, Consumer<Finding> consumer) {
        pack.detector(detectorId).filter(this::hasRun).ifPresent(detector -> {
            make("found.tried", detector, name -> name.equals(parameter) ? other : limit(detector, name));
            findings.forEachStandingBut("found.tried", detector, consumer);
            engine.run("drop table found.tried");
        });
    }

    /** The name of a type, as people say it. */
    public String nameOf(String detector) {
        return pack.nameOf(detector);
    }
}
