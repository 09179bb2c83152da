package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.books.RatedInvoice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What invoices should have been. */
@RestController
final class RatingController {

    private final OpsIQ opsiq;

    RatingController(OpsIQ opsiq) {
        this.opsiq = opsiq;
    }

    @GetMapping("/books/rating/{invoice_id}")
    RatedInvoice rate(@PathVariable("invoice_id") String invoiceId) {
        return opsiq.rate(invoiceId)
                .orElseThrow(
                        () -> Refusal.unknown(
                                "The books of the last run have no invoice '" + invoiceId
                                        + "' that counts. Maybe it is void, its row was set aside, or nothing has run yet: POST /monitor/run."));
    }
}
