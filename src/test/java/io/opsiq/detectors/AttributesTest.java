package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.sources.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributesTest {

    @TempDir
    Path data;

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"Gold|one", "a=b=c", "gold\u001fcustomer_status=gone", "x\u001f\u001ey"})
    void a_value_of_the_books_is_one_attribute_whatever_is_in_it(String plan) throws IOException {
        assertThat(features(plan))
                .containsEntry("customer_plan", plan.toLowerCase(Locale.ROOT))
                .containsEntry("customer_status", "active");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gold", "gold\u001fsilver"})
    void words_of_a_name_are_several(String plan) throws IOException {
        assertThat(features(plan).get("customer_name"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .containsExactlyInAnyOrder("blue", "bakery");
    }

    @Test
    void a_finding_has_the_month_and_the_currency_of_its_fact() throws IOException {
        assertThat(features("gold")).containsEntry("month", "2026-01").containsEntry("currency", "usd");
    }

    private Map<String, Object> features(String plan) throws IOException {
        Files.writeString(
                data.resolve("customers.csv"),
                "customer_id,customer_name,region,plan_tier,status\nC1,Blue Bakery,EU,\"%s\",active\n".formatted(plan));
        Files.writeString(data.resolve("refunds.csv"), """
                refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id,issued_by,approved_by
                R2,C1,2026-01-14,480.00,manual_credit,manual,,ann,ann
                """);
        try (Engine engine = Engine.open(new EngineSettings(work, "500MB", 2))) {
            Books books = new BooksReader(engine, SourceFolder.of(data), null, Clock.systemUTC(), table -> {}).read();
            Detection detection = new Detection(books, Pack.shipped(), Map.of(), name -> {});
            detection.run();
            List<Finding> findings = new ArrayList<>();
            detection.forEachFinding(findings::add);
            return findings.getFirst().features();
        }
    }
}
