package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.analyst.Answer.Confidence;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.springframework.util.FileSystemUtils;

/** Whatever the books are, what moved a number adds up to how far it moved. */
class WhyProperties {

    private static final List<String> METRICS = List.of(
            "revenue",
            "billings",
            "refunds",
            "number of refunds",
            "net revenue",
            "refund rate",
            "average invoice",
            "payment failure rate",
            "billing gap",
            "usage");

    @Property(tries = 4)
    void parts_add_up_to_the_change(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("why");
        try {
            AskedBooks books = random(folder, new Random(seed));
            for (String metric : METRICS) {
                check(books.ask("Why did " + metric + " change last month?"));
                check(books.ask("Why did " + metric + " change this month?"));
            }
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private static void check(Answer answer) {
        assertThat(answer.answer()).isNotEqualTo(Inquiry.UNTOLD);
        if (answer.confidence() == Confidence.LOW) {
            assertThat(answer.answer()).contains("begin on");
            return;
        }
        BigDecimal total = sum(answer, "total");
        boolean moved = total.signum() != 0;
        if (moved && has(answer, "driver")) {
            assertThat(sum(answer, "driver").add(sum(answer, "rest")))
                    .as(answer.sqlUsed())
                    .isEqualByComparingTo(total);
        }
        if (moved && has(answer, "tree")) {
            assertThat(sum(answer, "tree")).as(answer.sqlUsed()).isEqualByComparingTo(total);
        }
        if (answer.columns().contains("mix_effect")) {
            answer.rows().stream()
                    .filter(row -> "driver".equals(row.getFirst()))
                    .forEach(row -> assertThat(at(answer, row, "rate_effect").add(at(answer, row, "mix_effect")))
                            .isEqualByComparingTo(at(answer, row, "change")));
        }
    }

    private static boolean has(Answer answer, String part) {
        return answer.rows().stream().anyMatch(row -> part.equals(row.getFirst()));
    }

    private static BigDecimal sum(Answer answer, String part) {
        return answer.rows().stream()
                .filter(row -> part.equals(row.getFirst()))
                .map(row -> at(answer, row, "change"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal at(Answer answer, List<?> row, String column) {
        Object value = row.get(answer.columns().indexOf(column));
        return value == null ? BigDecimal.ZERO : new BigDecimal(value.toString());
    }

    private static AskedBooks random(Path folder, Random random) {
        List<String> customers = new ArrayList<>(List.of("customer_id,customer_name,region,plan_tier,status"));
        List<String> invoices = new ArrayList<>(
                List.of("invoice_id,customer_id,invoice_date,billed_amount,expected_amount,plan_tier_billed,status"));
        List<String> payments = new ArrayList<>(
                List.of("payment_id,invoice_id,customer_id,payment_date,amount,payment_processor,status"));
        List<String> refunds =
                new ArrayList<>(List.of("refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id"));
        List<String> usage = new ArrayList<>(List.of("event_id,customer_id,event_time,usage_units,feature_type"));
        for (int i = 0; i < 12; i++) {
            customers.add("C%d,Name %d,%s,%s,active"
                    .formatted(i, i % 9, pick(random, "EMEA", "NA", "APAC", ""), pick(random, "pro", "free")));
        }
        invoices.add("I,C0,2026-08-01,1,1,pro,paid");
        payments.add("P,I,C0,2026-08-01,1,stripe,completed");
        refunds.add("R,C0,2026-08-01,1,x,stripe,P");
        usage.add("U,C0,2026-08-01,1,api");
        int facts = random.nextInt(60);
        for (int i = 0; i < facts; i++) {
            String day = "2026-%s-%02d".formatted(pick(random, "09", "10", "11"), 1 + random.nextInt(20));
            String who = "C" + random.nextInt(13);
            String known = "C" + random.nextInt(12);
            invoices.add("I%d,%s,%s,%s,%s,%s,%s"
                    .formatted(
                            i,
                            known,
                            day,
                            amount(random),
                            amount(random),
                            pick(random, "pro", "free", ""),
                            pick(random, "paid", "open", "void")));
            payments.add("P%d,I%d,%s,%s,%s,%s,%s"
                    .formatted(
                            i,
                            i,
                            who,
                            day,
                            amount(random),
                            pick(random, "stripe", "adyen"),
                            pick(random, "completed", "failed", "pending")));
            if (random.nextBoolean()) {
                refunds.add("R%d,%s,%s,%s,%s,%s,P%d"
                        .formatted(
                                i,
                                who,
                                day,
                                amount(random),
                                pick(random, "a", "b", ""),
                                pick(random, "stripe", "manual"),
                                i));
            }
            usage.add("U%d,%s,%s,%s,%s".formatted(i, known, day, amount(random), pick(random, "api", "storage")));
        }
        return new AskedBooks(folder)
                .table("customers", customers.toArray(String[]::new))
                .table("invoices", invoices.toArray(String[]::new))
                .table("payments", payments.toArray(String[]::new))
                .table("refunds", refunds.toArray(String[]::new))
                .table("usage_events", usage.toArray(String[]::new));
    }

    private static String amount(Random random) {
        return BigDecimal.valueOf(random.nextInt(2_000_000), 4).toPlainString();
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
