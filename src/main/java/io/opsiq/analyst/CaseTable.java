package io.opsiq.analyst;

import io.opsiq.cases.CaseFact;
import io.opsiq.cases.Cases;
import io.opsiq.engine.Sandbox;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The cases of the state as a table beside the books, with the names that a case has everywhere. */
final class CaseTable {

    static final String NAME = "cases";

    private static final String COLUMNS = """
            case_id varchar, title varchar, anomaly_type varchar, severity varchar, status varchar,
            confidence_score decimal(18, 4), gross_impact decimal(18, 4), estimated_impact decimal(18, 4), currency varchar,
            money_kind varchar, in_totals boolean, created_at timestamp""";

    private CaseTable() {}

    static void load(Cases cases, Sandbox.Loading into) {
        into.table(NAME, COLUMNS, rows -> cases.forEachFact(fact -> rows.accept(row(fact))));
    }

    private static @Nullable Object[] row(CaseFact fact) {
        return new @Nullable Object[] {
            fact.caseId(),
            fact.title(),
            fact.anomalyType(),
            fact.severity(),
            fact.status(),
            scaled(fact.confidenceScore()),
            scaled(fact.grossImpact()),
            scaled(fact.estimatedImpact()),
            fact.currency(),
            fact.moneyKind(),
            fact.inTotals(),
            LocalDateTime.ofInstant(fact.createdAt(), ZoneOffset.UTC)
        };
    }

    private static BigDecimal scaled(BigDecimal amount) {
        return amount.setScale(4, RoundingMode.HALF_UP);
    }
}
