package io.opsiq.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.CaseStatus;
import io.opsiq.sentiment.ReasonCode;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JsonTest {

    @ParameterizedTest
    @EnumSource(ReasonCode.class)
    void every_reason_comes_back_as_it_was_written(ReasonCode reason) {
        assertThat(Json.read(Json.text(reason), ReasonCode.class)).isEqualTo(reason);
        assertThat(Json.text(reason)).isEqualTo('"' + reason.code() + '"');
    }

    @ParameterizedTest
    @EnumSource(CaseStatus.class)
    void every_status_is_its_word(CaseStatus status) {
        assertThat(Json.text(status)).isEqualTo('"' + status.word() + '"');
        assertThat(Json.read(Json.text(status), CaseStatus.class)).isEqualTo(status);
    }

    @Test
    void amounts_keep_their_zeros() {
        assertThat(Json.text(Map.of("amount", new BigDecimal("150.00")))).isEqualTo("{\"amount\":150.00}");
        assertThat(Json.text(new BigDecimal("1E+5"))).isEqualTo("100000");
    }
}
