package io.opsiq.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedParametersTest {

    @Test
    void names_become_positions_in_their_order() {
        NamedParameters query = NamedParameters.in("select $a, b from t where c > $limit_2 and d < $a");

        assertThat(query.sql()).isEqualTo("select ?, b from t where c > ? and d < ?");
        assertThat(query.names()).containsExactly("a", "limit_2", "a");
    }

    @Test
    void dollars_in_texts_quoted_names_and_comments_stay() {
        String sql = "select 'it''s $a', \"$b\" -- costs $c\nfrom t";

        assertThat(NamedParameters.in(sql)).isEqualTo(new NamedParameters(sql, java.util.List.of()));
    }
}
