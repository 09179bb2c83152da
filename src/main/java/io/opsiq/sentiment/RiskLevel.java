package io.opsiq.sentiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How much a text should worry a reviewer, from least to most. */
public enum RiskLevel {
    /** The text reassures. */
    LOW,
    /** The text gives no sign either way. */
    NEUTRAL,
    /** The text says that something went wrong. */
    ELEVATED,
    /** The text speaks of fraud, a reversal by the bank, missing approval, legal steps, or great anger. */
    HIGH;

    /** The name used in JSON, such as {@code elevated}. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
