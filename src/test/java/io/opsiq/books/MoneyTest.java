package io.opsiq.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void amounts_are_grouped_and_have_the_digits_of_their_currency() {
        assertThat(Money.shown(new BigDecimal("1234567.5"), "USD")).isEqualTo("USD 1,234,567.50");
        assertThat(Money.shown(new BigDecimal("-999.995"), "EUR")).isEqualTo("EUR -1,000.00");
        assertThat(Money.shown(new BigDecimal("123456.5"), "JPY")).isEqualTo("JPY 123,457");
        assertThat(Money.shown(BigDecimal.ZERO, "XXQ")).isEqualTo("XXQ 0.00");
    }

    @Property
    void they_look_as_the_platform_would_write_them(@ForAll @LongRange(min = -1L << 60, max = 1L << 60) long cents) {
        BigDecimal amount = BigDecimal.valueOf(cents, 2);

        assertThat(Money.shown(amount, "USD")).isEqualTo("USD " + String.format(Locale.ROOT, "%,.2f", amount));
    }
}
