package io.opsiq.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SessionsTest {

    private static final String TOKEN = "a-token-of-twenty-letters";

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
    private final Sessions sessions = new Sessions(TOKEN, clock);

    @Test
    void only_the_token_opens_a_session() {
        assertThat(sessions.open(TOKEN + " ")).isEmpty();
        assertThat(sessions.open("")).isEmpty();
        assertThat(sessions.open(TOKEN))
                .hasValueSatisfying(id -> assertThat(sessions.isOpen(id)).isTrue());
        assertThat(new Sessions(null, clock).open("")).isEmpty();
    }

    @Test
    void a_session_that_nobody_uses_ends_and_one_in_use_goes_on() {
        String used = sessions.open(TOKEN).orElseThrow();
        String left = sessions.open(TOKEN).orElseThrow();

        now.updateAndGet(moment -> moment.plus(Sessions.IDLE));
        assertThat(sessions.isOpen(used)).isTrue();
        now.updateAndGet(moment -> moment.plusSeconds(1));

        assertThat(sessions.isOpen(used)).isTrue();
        assertThat(sessions.isOpen(left)).isFalse();
    }

    @Test
    void a_thousand_newer_sessions_end_the_one_that_was_used_the_longest_ago() {
        String first = sessions.open(TOKEN).orElseThrow();
        String second = sessions.open(TOKEN).orElseThrow();
        assertThat(sessions.isOpen(first)).isTrue();

        for (int i = 0; i < 999; i++) {
            sessions.open(TOKEN);
        }

        assertThat(sessions.isOpen(second)).isFalse();
        assertThat(sessions.isOpen(first)).isTrue();
        sessions.close(first);
        assertThat(sessions.isOpen(first)).isFalse();
    }
}
