package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.analyst.Answer.Confidence;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.engine.Sql;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reader need not trust the analyst: its SQL brings back its rows from the files, as any other program reads them. */
class AnswersOverRawFilesTest {

    private static final List<String> QUESTIONS = List.of(
            "What is total revenue?",
            "billings",
            "refunds by region",
            "revenue by plan",
            "monthly revenue trend",
            "weekly refunds",
            "revenue by customer",
            "top 2 customers by refunds",
            "lowest revenue region",
            "why is revenue down this month?",
            "what changed in refunds?",
            "why did the refund rate change?",
            "why did net revenue change",
            "why did average invoice change",
            "net revenue by region",
            "refund rate",
            "refund rate by month",
            "average invoice by plan",
            "billing gap",
            "billing gap by customer",
            "outstanding",
            "overdue",
            "overdue by customer",
            "payment failure rate by processor",
            "collected last month",
            "compare revenue this month with last month",
            "compare refunds by region this month with last month",
            "what share of revenue is EMEA",
            "number of invoices by status",
            "active customers by region",
            "active subscriptions",
            "mrr by plan",
            "usage by feature",
            "refunds by reason excluding manual credit",
            "revenue by region and plan",
            "revenue and refunds by region",
            "revenue by currency",
            "list refunds",
            "largest invoices",
            "revenue since October",
            "refund count by day last month",
            "revenue trend by region");

    @TempDir
    Path folder;

    enum Kind {
        DEMO,
        CORE_COLUMNS,
        CURRENCIES,
        CONVERTED
    }

    @ParameterizedTest
    @EnumSource
    void its_sql_over_plain_views_of_the_files_gives_its_rows(Kind kind) throws IOException {
        AskedBooks books = books(kind);
        int answered = 0;
        try (Engine raw = Engine.open(new EngineSettings(folder.resolve("raw"), "400MB", 1))) {
            readAsOthersDo(raw, books.data());
            for (String question : QUESTIONS) {
                Answer answer = books.ask(question);
                assertThat(answer.answer()).as(question).isNotEqualTo(Inquiry.UNTOLD);
                if (answer.confidence() != Confidence.LOW) {
                    answered++;
                    assertThat(rows(raw, answer.sqlUsed(), answer.columns().size()))
                            .as(question + "\n" + answer.sqlUsed())
                            .isEqualTo(plain(answer.rows()));
                }
            }
        }
        assertThat(answered).isGreaterThan(kind == Kind.CURRENCIES ? 28 : 34);
    }

    private AskedBooks books(Kind kind) {
        if (kind == Kind.DEMO) {
            return AskedBooks.demo(folder);
        }
        AskedBooks books = new AskedBooks(folder);
        Messy.write(books, kind != Kind.CORE_COLUMNS);
        if (kind == Kind.CONVERTED) {
            Messy.writeRates(books);
        }
        return books;
    }

    private static void readAsOthersDo(Engine raw, Path data) throws IOException {
        try (var files = Files.list(data)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".csv")).toList()) {
                String table = file.getFileName().toString().replace(".csv", "");
                raw.run("create view %s as select * from read_csv(%s)".formatted(table, Sql.literal(file.toString())));
            }
        }
    }

    private static List<List<@Nullable Object>> rows(Engine raw, String sql, int width) {
        return raw.list(sql, row -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 1; i <= width; i++) {
                values.add(plain(row.getObject(i)));
            }
            return values;
        });
    }

    private static List<List<@Nullable Object>> plain(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> plain = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> values = new ArrayList<>();
            row.forEach(value -> values.add(plain(value)));
            plain.add(values);
        }
        return plain;
    }

    /** A number as the digits that it has, everything else as its text. */
    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal digits = new BigDecimal(number.toString()).stripTrailingZeros();
            return digits.signum() == 0 ? "0" : digits.toPlainString();
        }
        return value == null ? null : value.toString();
    }
}
