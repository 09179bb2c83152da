package io.opsiq.learning;

import io.opsiq.evaluation.Fact;
import io.opsiq.evaluation.Judged;
import io.opsiq.evaluation.Judged.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Plays reviewers against generated cases of which only reviewers know which are false, and prints how each way of learning does. */
final class Simulation {

    private static final int ANSWERS = 50;
    private static final int ROUNDS = 4;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /** A case and the truth about it. */
    record Item(Fact fact, boolean isTrue, List<String> says) {

        Item(Fact fact, boolean isTrue) {
            this(fact, isTrue, List.of());
        }

        String comment(Said said, Random random) {
            return said == Said.TRUE || isTrue || says.isEmpty() || random.nextInt(5) == 0 ? "" : says.get(random.nextInt(says.size()));
        }
    }

    /** Cases, and the scopes in which they are false. */
    record World(List<Item> items, List<Map<String, String>> scopes, double falseShare) {

        static World of(long seed) {
            return new Maker(new Random(seed)).world();
        }
    }

    /** Makes books' findings: customers with lasting traits, types with traits of their own, heavy-tailed money. */
    private static final class Maker {

        private static final List<String> REFUNDS = List.of(
                "duplicate_refund", "refund_exceeds_payment", "orphan_refund", "refund_after_dispute", "manual_credit",
                "split_credit", "self_approved_credit");
        private static final List<String> INVOICES = List.of(
                "underbilling", "tier_mismatch", "stale_price", "expired_discount", "quantity_mismatch",
                "duplicate_invoice", "billed_after_cancellation", "invoice_line_mismatch", "unbilled_usage");
        private static final List<String> OTHERS =
                List.of("missing_invoice", "uncollected_invoice", "short_payment", "duplicate_payment", "unapplied_payment");

        private final Random random;

        Maker(Random random) {
            this.random = random;
        }

        private String pick(String... values) {
            double[] weight = {1, 0.6, 0.4, 0.25, 0.2, 0.15, 0.1, 0.1, 0.1, 0.1};
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += weight[Math.min(i, weight.length - 1)];
            }
            double at = random.nextDouble() * sum;
            for (int i = 0; i < values.length; i++) {
                at -= weight[Math.min(i, weight.length - 1)];
                if (at <= 0) {
                    return values[i];
                }
            }
            return values[0];
        }

        World world() {
            int customers = 100 + random.nextInt(300);
            List<Map<String, String>> people = new ArrayList<>();
            for (int i = 0; i < customers; i++) {
                Map<String, String> person = new TreeMap<>();
                person.put("customer_id", "c" + i);
                person.put("region", pick("emea", "na", "apac", "latam"));
                person.put("segment", pick("smb", "mid_market", "enterprise", "startup", "internal", "ramp", "partner"));
                person.put("customer_plan", pick("pro", "basic", "enterprise", "free"));
                person.put("customer_status", pick("active", "active", "churned", "paused", "test"));
                person.put("customer_since", pick("2022", "2023", "2024", "2025"));
                person.put("name_word", pick("acme", "globex", "initech", "umbrella", "test", "demo", "hooli"));
                person.put("currency", pick("usd", "usd", "eur", "gbp"));
                people.add(person);
            }
            List<String> types = new ArrayList<>();
            REFUNDS.forEach(type -> { if (random.nextDouble() < 0.8) types.add(type); });
            INVOICES.forEach(type -> { if (random.nextDouble() < 0.8) types.add(type); });
            OTHERS.forEach(type -> { if (random.nextDouble() < 0.8) types.add(type); });
            Map<String, Double> share = new LinkedHashMap<>();
            Map<String, Double> size = new LinkedHashMap<>();
            types.forEach(type -> {
                share.put(type, Math.exp(random.nextGaussian() * 0.8));
                size.put(type, Math.exp(4.5 + random.nextGaussian() * 0.7));
            });
            int count = 300 + random.nextInt(1200);
            List<Fact> facts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                facts.add(fact(i, types, share, size, people));
            }
            return judge(facts);
        }

        private Fact fact(int i, List<String> types, Map<String, Double> share, Map<String, Double> size, List<Map<String, String>> people) {
            double at = random.nextDouble() * share.values().stream().mapToDouble(Double::doubleValue).sum();
            String type = types.getFirst();
            for (String each : types) {
                at -= share.get(each);
                if (at <= 0) {
                    type = each;
                    break;
                }
            }
            Map<String, String> person = people.get((int) (people.size() * Math.pow(random.nextDouble(), 1.5)));
            Map<String, String> traits = new TreeMap<>(person);
            traits.put("weekday", pick("monday", "tuesday", "wednesday", "thursday", "friday"));
            traits.put("age", pick("under 30 days", "30 to 90 days", "90 to 365 days", "over a year"));
            if (REFUNDS.contains(type)) {
                traits.put("record", "refund");
                traits.put("reason", pick("duplicate_charge", "goodwill", "service_outage", "manual_credit", "cancellation", "pricing_error"));
                traits.put("processor", pick("stripe", "paypal", "adyen", "manual"));
                traits.put("issued_by", "agent" + (int) (12 * Math.pow(random.nextDouble(), 2)));
                traits.put("approved_by", pick("none", "lead1", "lead2", "lead3"));
            } else {
                traits.put("record", INVOICES.contains(type) ? "invoice" : type.contains("payment") ? "payment" : "receivable");
                traits.put("status", pick("paid", "open", "overdue"));
                traits.put("plan_tier", traits.get("customer_plan"));
                traits.put("billing_period", pick("monthly", "monthly", "annual"));
                traits.put("direction", pick("under", "under", "over"));
            }
            double amount = size.get(type) * Math.exp(random.nextGaussian() * 1.4);
            traits.put("amount_band", amount < 50 ? "under 50" : amount < 200 ? "50 to 200" : amount < 1000 ? "200 to 1000" : amount < 5000 ? "1000 to 5000" : "5000 and more");
            traits.put("margin", pick("near", "far", "very far"));
            List<String> list = traits.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().toList();
            double prior = 0.70 + 0.22 * ((type.hashCode() & 0xff) / 255.0);
            return new Fact("CASE-%05d".formatted(i), type + " " + i, type, prior, list, Math.max(100, Math.round(amount * 100)) * 100);
        }

        private static final List<String> NAMES = List.of("region", "segment", "customer_plan", "customer_status", "name_word",
                "reason", "processor", "issued_by", "status", "billing_period", "customer_id", "plan_tier");

        /** Draws scopes until enough is false. */
        private World judge(List<Fact> facts) {
            double goal = 0.12 + 0.25 * random.nextDouble();
            List<Map<String, String>> scopes = new ArrayList<>();
            Set<String> falses = new HashSet<>();
            for (int i = 0; i < 200 && (falses.size() < goal * facts.size()) && scopes.size() < 6; i++) {
                Fact like = facts.get(random.nextInt(facts.size()));
                Map<String, String> scope = new TreeMap<>();
                if (random.nextDouble() < 0.5) {
                    scope.put("anomaly_type", like.type());
                }
                List<String> names = new ArrayList<>(NAMES);
                java.util.Collections.shuffle(names, random);
                int many = random.nextDouble() < 0.5 ? 1 : 2;
                for (String name : names) {
                    if (many > 0) {
                        String value = like.traits().stream().filter(t -> t.startsWith(name + "=")).map(t -> t.substring(name.length() + 1)).findFirst().orElse(null);
                        if (value != null) {
                            scope.put(name, value);
                            many--;
                        }
                    }
                }
                Predicate<Fact> there = Scope.of(scope);
                long size = facts.stream().filter(there).count();
                if (size >= Math.max(6, 0.01 * facts.size()) && size <= 0.2 * facts.size()) {
                    scopes.add(scope);
                    facts.stream().filter(there).forEach(fact -> falses.add(fact.caseId()));
                }
            }
            List<Item> items = facts.stream()
                    .map(fact -> new Item(fact, !falses.contains(fact.caseId())))
                    .toList();
            return new World(items, scopes, items.stream().filter(item -> !item.isTrue()).count() / (double) items.size());
        }
    }

    /** How a way of learning did. */
    static final class Result {
        double precision, recallLost, ece, money, largestHidden, hiddenFalse, trueHiddenMoney, falseShare, eceAll;
        int approvedLost, refused, applied;
    }

    enum Way { NONE, ORIGINAL, OURS }

    interface Reviewer extends BiFunction<Item, Random, Said> {}

    static Result play(World world, Way way, String who, long seed, boolean say) {
        Reviewer reviewer = java.util.Objects.requireNonNull(reviewers().get(who));
        int answers = who.equals("lazy") ? 10 : ANSWERS;
        Random random = new Random(seed);
        Map<String, Item> byId = new HashMap<>();
        world.items().forEach(item -> byId.put(item.fact().caseId(), item));
        Map<String, Judged> judged = new LinkedHashMap<>();
        Set<String> hidden = new HashSet<>();
        Learned learned = Learned.NOTHING;
        Result result = new Result();
        double found = 0;
        List<Rule> rules = new ArrayList<>();
        double penalty = 0;
        long hiddenInAMonth = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            Learned now = learned;
            double off = penalty;
            List<Item> open = world.items().stream()
                    .filter(item -> !judged.containsKey(item.fact().caseId()) && !hidden.contains(item.fact().caseId()))
                    .sorted(Comparator.comparingDouble((Item item) -> -(way == Way.OURS ? now.probability(item.fact()) : Math.max(0, item.fact().prior() - off)) * item.fact().money())
                            .thenComparing(item -> item.fact().caseId()))
                    .toList();
            if (say) {
                System.out.printf(Locale.ROOT, "  round %d: open %d, precision %.3f, hidden %d%n", round, open.size(),
                        open.stream().filter(Item::isTrue).count() / (double) open.size(), hidden.size());
            }
            if (round == ROUNDS) {
                measure(world, open, hidden, judged, byId, item -> way == Way.OURS ? now.probability(item.fact()) : Math.max(0, item.fact().prior() - off), found, result);
                break;
            }
            for (Item item : open.subList(0, Math.min(answers, open.size()))) {
                Said said = reviewer.apply(item, random);
                if (said == null) {
                    continue;
                }
                String name = who.equals("two") && random.nextBoolean() ? "ben" : "ana";
                judged.put(item.fact().caseId(), new Judged(item.fact(), "FB-%06d".formatted(judged.size()), name, said, item.comment(said, random), START.plusSeconds(judged.size())));
                found += item.isTrue() ? item.fact().money() : 0;
                penalty = Math.min(0.5, penalty + (said == Said.FALSE ? 0.15 : 0));
            }
            if (way == Way.OURS) {
                List<Judged> verdicts = List.copyOf(judged.values());
                List<Fact> unjudged = world.items().stream().map(Item::fact).filter(fact -> !judged.containsKey(fact.caseId())).toList();
                learned = Learned.of(verdicts, unjudged);
                long openMoney = world.items().stream().map(Item::fact)
                        .filter(fact -> !judged.containsKey(fact.caseId()) ? true : judged.get(fact.caseId()).isTrue())
                        .mapToLong(Fact::money).sum();
                List<Fact> shown = unjudged.stream().filter(fact -> !hidden.contains(fact.caseId())).toList();
                Decisions decisions = new Decisions(Policy.STANDARD, verdicts, shown, openMoney);
                rules.removeIf(rule -> !verdicts.stream().noneMatch(v -> v.isTrue() && rule.test(v.fact())));
                hidden.clear();
                unjudged.stream().filter(fact -> rules.stream().anyMatch(rule -> rule.test(fact))).forEach(fact -> hidden.add(fact.caseId()));
                shown = unjudged.stream().filter(fact -> !hidden.contains(fact.caseId())).toList();
                decisions = new Decisions(Policy.STANDARD, verdicts, shown, openMoney);
                for (Decisions.Decision decision : decisions.on(learned.scopes(), hiddenInAMonth)) {
                    switch (decision) {
                        case Decisions.Decision.Refused refused -> {
                            result.refused++;
                            if (say) System.out.println("    refused " + refused.found().scope().shown() + " " + refused.found().supports().size() + " " + refused.reasons());
                        }
                        case Decisions.Decision.Passed passed -> {
                            if (say) System.out.println("    passed " + passed.found().scope().shown() + " " + passed.found().supports().size() + " " + passed.room());
                            if (passed.room().hides() > 0) {
                                rules.add(passed.rule());
                                hiddenInAMonth += passed.room().money();
                                result.applied++;
                            }
                        }
                    }
                }
                unjudged.stream().filter(fact -> rules.stream().anyMatch(rule -> rule.test(fact))).forEach(fact -> hidden.add(fact.caseId()));
            }
        }
        return result;
    }

    private static void measure(World world, List<Item> open, Set<String> hidden, Map<String, Judged> judged, Map<String, Item> byId, java.util.function.ToDoubleFunction<Item> p, double found, Result r) {
        long trues = world.items().stream().filter(Item::isTrue).count();
        long all = world.items().stream().mapToLong(item -> item.fact().money()).sum();
        r.falseShare = world.falseShare();
        r.precision = open.isEmpty() ? 1 : open.stream().filter(Item::isTrue).count() / (double) open.size();
        List<Item> lost = hidden.stream().map(byId::get).filter(Item::isTrue).toList();
        r.recallLost = lost.size() / (double) trues;
        r.trueHiddenMoney = lost.stream().mapToLong(i -> i.fact().money()).sum() / (double) all;
        r.largestHidden = lost.stream().mapToLong(i -> i.fact().money()).max().orElse(0) / (double) all;
        r.hiddenFalse = hidden.size() - lost.size();
        r.ece = ece(open, p);
        List<Item> rest = world.items().stream().filter(i -> !judged.containsKey(i.fact().caseId())).toList();
        r.eceAll = ece(rest, p);
        double best = world.items().stream().filter(Item::isTrue).mapToLong(i -> i.fact().money()).boxed()
                .sorted(Comparator.reverseOrder()).limit(judged.size()).mapToLong(Long::longValue).sum();
        r.money = found / best;
    }

    private static double ece(List<Item> items, java.util.function.ToDoubleFunction<Item> p) {
        double[] sum = new double[10], hits = new double[10];
        int[] n = new int[10];
        for (Item item : items) {
            double q = p.applyAsDouble(item);
            int bin = Math.min(9, (int) (q * 10));
            sum[bin] += q;
            hits[bin] += item.isTrue() ? 1 : 0;
            n[bin]++;
        }
        double ece = 0;
        for (int b = 0; b < 10; b++) {
            ece += n[b] == 0 ? 0 : Math.abs(sum[b] - hits[b]) / items.size();
        }
        return ece;
    }

    static final Reviewer PERFECT = (item, random) -> item.isTrue() ? Said.TRUE : Said.FALSE;

    /** One answer in ten is wrong. */
    static final Reviewer NOISY =
            (item, random) -> item.isTrue() == random.nextDouble() >= 0.1 ? Said.TRUE : Said.FALSE;

    /** Every refund of 500 or more is called false. */
    static final Reviewer HOSTILE = (item, random) ->
            item.isTrue() && !(item.fact().has("record=refund") && item.fact().money() >= 5_000_000)
                    ? Said.TRUE
                    : Said.FALSE;

    private static Map<String, Reviewer> reviewers() {
        Map<String, Reviewer> reviewers = new LinkedHashMap<>();
        reviewers.put("perfect", PERFECT);
        reviewers.put("lazy", PERFECT);
        reviewers.put("two", PERFECT);
        reviewers.put("noisy", NOISY);
        reviewers.put("hostile", HOSTILE);
        return reviewers;
    }

    /** Arguments: how many generated worlds, and the first one's seed; with a reviewer that one world, round by round. */
    public static void main(String[] args) {
        int worlds = args.length > 0 ? Integer.parseInt(args[0]) : 100;
        if (args.length > 2) {
            World world = World.of(Long.parseLong(args[1]));
            System.out.println(world.items().size() + " cases, " + world.falseShare() + " false: " + world.scopes());
            play(world, Way.OURS, args[2], 1, true);
            return;
        }
        long first = args.length > 1 ? Long.parseLong(args[1]) : 1;
        System.out.println(
                "| reviewer | learning | precision of open | >= 0.95 | recall lost | <= 1 point | calibration error | <= 0.05 | money of best | >= 0.90 | largest true hidden | applied | refused |");
        System.out.println("|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        for (String reviewer : reviewers().keySet()) {
            for (Way way : Way.values()) {
                List<Result> results = new ArrayList<>();
                for (long seed = first; seed < first + worlds; seed++) {
                    results.add(play(World.of(seed), way, reviewer, seed, false));
                }
                print("| " + reviewer + " | " + way.name().toLowerCase(Locale.ROOT), results);
            }
        }
    }

    private static void print(String name, List<Result> all) {
        System.out.printf(
                Locale.ROOT,
                "%s | %.3f | %.0f %% | %.4f | %.0f %% | %.3f | %.0f %% | %.3f | %.0f %% | %.2f %% | %.1f | %.1f |%n",
                name,
                mean(all, r -> r.precision),
                100 * share(all, r -> r.precision >= 0.95),
                mean(all, r -> r.recallLost),
                100 * share(all, r -> r.recallLost <= 0.01),
                mean(all, r -> r.ece),
                100 * share(all, r -> r.ece <= 0.05),
                mean(all, r -> r.money),
                100 * share(all, r -> r.money >= 0.9),
                100 * all.stream().mapToDouble(r -> r.largestHidden).max().orElse(0),
                mean(all, r -> r.applied),
                mean(all, r -> r.refused));
    }

    private static double mean(List<Result> rs, java.util.function.ToDoubleFunction<Result> f) {
        return rs.stream().mapToDouble(f).average().orElse(0);
    }

    private static double share(List<Result> rs, Predicate<Result> f) {
        return rs.stream().filter(f).count() / (double) rs.size();
    }
}
