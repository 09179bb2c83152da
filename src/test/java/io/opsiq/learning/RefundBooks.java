package io.opsiq.learning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Books of refunds that each return a failed payment, and so are a finding each; made from a seed. */
public final class RefundBooks {

    public static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

    private static final int CUSTOMERS = 80;
    private static final List<String> REGIONS = List.of("EMEA", "NA", "APAC");
    private static final List<String> SEGMENTS = List.of("smb", "mid_market", "enterprise", "startup");
    private static final List<String> PLANS = List.of("basic", "pro", "enterprise");
    private static final List<String> REASONS = List.of("service_outage", "pricing_error", "duplicate_charge");
    private static final List<String> PROCESSORS = List.of("stripe", "paypal", "adyen");

    private final Random random = new Random(20261122);
    private final Map<String, Refund> refunds = new LinkedHashMap<>();
    private final StringBuilder customers =
            new StringBuilder("customer_id,customer_name,region,segment,plan_tier,status,created_at\n");

    /** One refund. */
    public record Refund(String id, String customerId, String region, String reason, int amount) {

        /** What only the reviewer knows. */
        public boolean isGoodwillInEmea() {
            return reason.equals("goodwill") && region.equals("EMEA");
        }
    }

    /** @param every of so many refunds, by amount, one is goodwill in EMEA */
    public RefundBooks(int count, int every) {
        for (int i = 0; i < CUSTOMERS; i++) {
            customers.append("C%d,Customer,%s,%s,%s,active,%d-05-01%n"
                    .formatted(i, regionOf(i), pick(SEGMENTS), pick(PLANS), 2021 + random.nextInt(4)));
        }
        for (int i = 0; i < count; i++) {
            boolean wanted = i % every == every / 2;
            String reason = wanted || random.nextInt(100) < 30 ? "goodwill" : pick(REASONS);
            int customer = random.nextInt(CUSTOMERS);
            while (wanted != regionOf(customer).equals("EMEA") && reason.equals("goodwill")) {
                customer = random.nextInt(CUSTOMERS);
            }
            String id = "R" + i;
            refunds.put(id, new Refund(id, "C" + customer, regionOf(customer), reason, 20 + (count - i) / 2));
        }
    }

    private static String regionOf(int customer) {
        return REGIONS.get(customer % REGIONS.size());
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    public Refund refund(Object id) {
        return java.util.Objects.requireNonNull(refunds.get(id.toString()));
    }

    public long leaks() {
        return refunds.values().stream()
                .filter(each -> !each.isGoodwillInEmea())
                .count();
    }

    /** Writes them as CSV files. */
    public void write(Path folder) throws IOException {
        StringBuilder payments =
                new StringBuilder("payment_id,invoice_id,customer_id,payment_date,amount,payment_processor,status\n");
        StringBuilder rows = new StringBuilder(
                "refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id,issued_by\n");
        for (Refund each : refunds.values()) {
            LocalDate day = FIRST.plusDays(random.nextInt(60));
            payments.append(
                    "P%s,,%s,%s,%d,stripe,failed%n".formatted(each.id(), each.customerId(), day, each.amount()));
            rows.append("%s,%s,%s,%d,%s,%s,P%s,agent-%d%n"
                    .formatted(
                            each.id(),
                            each.customerId(),
                            day.plusDays(2),
                            each.amount(),
                            each.reason(),
                            pick(PROCESSORS),
                            each.id(),
                            random.nextInt(9)));
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("customers.csv"), customers);
        Files.writeString(folder.resolve("payments.csv"), payments);
        Files.writeString(folder.resolve("refunds.csv"), rows);
    }
}
