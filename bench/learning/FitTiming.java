package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Measures how long it takes to learn from many verdicts, and whether the same ones teach the same. */
final class FitTiming {

    private static final int WARM_UP = 3;
    private static final int ROUNDS = 9;

    private FitTiming() {}

    public static void main(String[] args) {
        int verdicts = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
        List<Judged> judged = judged(verdicts);
        List<Fact> unjudged = Simulation.World.of(0).items().stream().map(Simulation.Item::fact).toList();
        String first = told(Learned.of(judged, unjudged), unjudged);
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long started = System.nanoTime();
            Learned learned = Learned.of(judged, unjudged);
            if (round >= WARM_UP) {
                seconds.add((System.nanoTime() - started) / 1e9);
            }
            if (!told(learned, unjudged).equals(first)) {
                throw new IllegalStateException("The same verdicts taught something else.");
            }
        }
        Collections.sort(seconds);
        System.out.printf(
                Locale.ROOT,
                "%,d verdicts: median %.2f s, %.2f to %.2f s of %d fits, all the same%n",
                verdicts, seconds.get(ROUNDS / 2), seconds.getFirst(), seconds.getLast(), ROUNDS);
    }

    private static String told(Learned learned, List<Fact> facts) {
        return facts.stream().map(learned::probability).toList() + learned.scopes().toString();
    }

    private static List<Judged> judged(int verdicts) {
        List<Judged> judged = new ArrayList<>();
        for (int world = 1; judged.size() < verdicts; world++) {
            for (Simulation.Item item : Simulation.World.of(world).items()) {
                if (judged.size() < verdicts) {
                    Fact fact = item.fact();
                    judged.add(new Judged(
                            new Fact(world + "-" + fact.caseId(), fact.title(), fact.type(), fact.prior(), fact.traits(), fact.money()),
                            "FB-%06d".formatted(judged.size()),
                            "ana",
                            item.isTrue() ? Said.TRUE : Said.FALSE,
                            Instant.parse("2026-01-01T00:00:00Z").plusSeconds(judged.size())));
                }
            }
        }
        return judged;
    }
}
