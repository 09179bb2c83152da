package io.opsiq.books;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was due on an invoice, and how that comes about.
 *
 * @param subscriptionId the subscription that the invoice is judged by; null where it is not known
 * @param ratedAmount the re-rated amount; null where it cannot be known
 * @param due the expected amount, or the re-rated one where that is missing, less credits; null where neither is known
 * @param difference what is missing on the invoice, or below zero what it asks for too much
 * @param unrated why there is no re-rated amount
 * @param lines steps that add up to the re-rated amount less credits
 */
public record RatedInvoice(
        String invoiceId,
        String customerId,
        @Nullable String subscriptionId,
        @Nullable String planTier,
        LocalDate periodFrom,
        LocalDate periodTo,
        String currency,
        BigDecimal billedAmount,
        @Nullable BigDecimal expectedAmount,
        @Nullable BigDecimal ratedAmount,
        @Nullable BigDecimal due,
        @Nullable BigDecimal difference,
        @Nullable String unrated,
        List<Line> lines) {

    /**
     * One step of the re-rating.
     *
     * @param step {@code price}, {@code days}, {@code discount}, {@code usage}, {@code rounding}, {@code credit} or {@code end}
     */
    public record Line(String step, String what, BigDecimal amount) {}
}
