package io.opsiq.sentiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a billing text is about. Where two reasons weigh the same, the one declared first stands. */
public enum ReasonCode {
    FRAUD,
    CHARGEBACK,
    MISSING_APPROVAL,
    DUPLICATE_CHARGE,
    OVERCHARGE,
    UNDERCHARGE,
    BILLING_ERROR,
    PAYMENT_FAILURE,
    SERVICE_ISSUE,
    PRICE_DISPUTE,
    CANCELLATION,
    CUSTOMER_REQUEST,
    CONTRACT_TERMS,
    MANUAL_ADJUSTMENT,
    GOODWILL,
    TEST_ACCOUNT,
    /** The text says that nothing is wrong, or denies what would be wrong. */
    NOT_A_PROBLEM,
    /** The text names no reason that is known here. */
    UNCLEAR;

    /** The name used in JSON, such as {@code duplicate_charge}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
