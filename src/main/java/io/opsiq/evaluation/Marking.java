package io.opsiq.evaluation;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.engine.Engine;
import io.opsiq.engine.Sql;
import io.opsiq.engine.SqlFile;
import io.opsiq.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the cases of a run against the truth about its books. */
public final class Marking {

    /** Their money is counted by the facts that they are made of. */
    private static final Set<String> RHYTHMS = Set.of("refund_spike", "payment_failure_spike", "revenue_drop");

    private static final Set<CaseStatus> STANDING = Set.of(CaseStatus.OPEN, CaseStatus.APPROVED, CaseStatus.ACCEPTED);

    private final Engine engine;
    private final Cases cases;

    /** @param engine a new one, which is filled */
    public Marking(Engine engine, Cases cases) {
        this.engine = engine;
        this.cases = cases;
    }

    /**
     * Marks the cases of the run that stand: those that nobody rejected and no rule suppressed. A case is about a fact when it names, beside the
     * type, what the contract says it must; how sure it is of itself does not matter.
     *
     * @param truth the books' folder or the one with the truth in it
     * @param listed at most so many of the missed facts and of the false cases are listed
     * @throws IllegalArgumentException when there is no truth
     */
    public Marks mark(Path truth, String runId, int listed) {
        createTables(engine);
        load(Truth.in(truth));
        loadCases(runId);
        return marks(engine, runId, listed);
    }

    /** Empty, as marking.sql takes them. */
    static void createTables(Engine engine) {
        engine.run("""
                create table facts (
                    id bigint, anomaly_type varchar, entity json, amount decimal(18, 2), currency varchar, amount_in_base decimal(18, 2),
                    certainty varchar, how varchar
                )
                """);
        engine.run("create table look_alikes (id bigint, situation varchar, anomaly_type varchar, entity json)");
        engine.run("""
                create table cases (
                    id varchar, anomaly_type varchar, entity json, gross decimal(18, 2), currency varchar, in_totals boolean, title varchar
                )
                """);
    }

    /** Of the facts and cases that were put into the tables. */
    static Marks marks(Engine engine, String runId, int listed) {
        SqlFile.beside(Marking.class, "marking.sql").statements().forEach(engine::run);
        List<Marks.Type> types = types(engine);
        return new Marks(
                runId,
                types,
                Marks.Type.overall(
                        types,
                        types.stream()
                                .filter(type -> !RHYTHMS.contains(type.anomalyType()))
                                .toList()),
                engine.one(
                        "select coalesce(sum(money), 0)::decimal(18, 2) from counted_twice",
                        row -> row.getBigDecimal(1)),
                count(engine, "missed"),
                missed(engine, listed),
                count(engine, "false_alarms"),
                falseAlarms(engine, listed));
    }

    private void load(Truth truth) {
        engine.run("""
                insert into facts
                select row_number() over (), anomaly_type, entity, amount, currency, amount_in_base, certainty, how
                from read_csv(%s, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')
                """.formatted(Sql.file(truth.facts())));
        if (Files.exists(truth.lookAlikes())) {
            engine.run("""
                    insert into look_alikes
                    select row_number() over (), situation, quiet_type, entity
                    from read_csv(%s, all_varchar = true, header = true, delim = ',', quote = '"', escape = '"')
                    """.formatted(Sql.file(truth.lookAlikes())));
        }
    }

    private void loadCases(String runId) {
        Path file = engine.scratchFile(".json");
        try (PrintWriter out = new PrintWriter(file.toFile(), StandardCharsets.UTF_8)) {
            cases.forEach(CaseQuery.ofRun(runId), each -> {
                if (STANDING.contains(each.status())) {
                    out.print(Json.text(row(each)));
                    out.print('\n');
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The cases could not be written to " + file, e);
        }
        engine.run("""
                insert into cases
                from read_json(%s, format = 'newline_delimited', maximum_object_size = 268435456, columns = {
                    id: 'varchar', anomaly_type: 'varchar', entity: 'json', gross: 'decimal(18, 2)', currency: 'varchar',
                    in_totals: 'boolean', title: 'varchar'
                })
                """.formatted(Sql.file(file)));
    }

    private static Map<String, Object> row(Case each) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", each.caseId());
        row.put("anomaly_type", each.anomalyType());
        row.put("entity", each.affectedEntities());
        row.put("gross", each.grossImpact());
        row.put("currency", each.currency());
        row.put("in_totals", each.inTotals());
        row.put("title", each.title());
        return row;
    }

    private static List<Marks.Type> types(Engine engine) {
        return engine.list(
                "from type_marks order by anomaly_type",
                row -> Marks.Type.of(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        List.of(row.getBigDecimal(5), row.getBigDecimal(6), row.getBigDecimal(7))));
    }

    private static long count(Engine engine, String table) {
        return engine.one("select count(*) from " + table, row -> row.getLong(1));
    }

    private static List<Marks.Missed> missed(Engine engine, int listed) {
        return engine.list(
                "from missed order by anomaly_type, entity limit ?",
                row -> new Marks.Missed(
                        row.getString(1),
                        row.getString(2),
                        row.getBigDecimal(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                listed);
    }

    private static List<Marks.FalseAlarm> falseAlarms(Engine engine, int listed) {
        return engine.list(
                "from false_alarms order by anomaly_type, case_id limit ?",
                row -> new Marks.FalseAlarm(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBigDecimal(4),
                        row.getString(5),
                        row.getString(6)),
                listed);
    }
}
