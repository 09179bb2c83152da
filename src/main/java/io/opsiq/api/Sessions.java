package io.opsiq.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Browsers that were shown the server's token. They are forgotten when the server ends. */
public final class Sessions {

    /** The cookie that holds a session's id. */
    public static final String COOKIE = "opsiq_session";

    /** How long a session lasts without a request. */
    public static final Duration IDLE = Duration.ofHours(12);

    private static final int MOST = 1_000;
    private static final int ID_BYTES = 32;

    private final byte @Nullable [] token;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Instant> seen = new LinkedHashMap<>(16, 0.75f, true);

    Sessions(@Nullable String token, Clock clock) {
        this.token = token == null ? null : token.getBytes(StandardCharsets.UTF_8);
        this.clock = clock;
    }

    /** Whether the server has a token at all. */
    public boolean areNeeded() {
        return token != null;
    }

    /** A new session for who brings the token; empty when it is not the server's. */
    public Optional<String> open(String brought) {
        return isToken(brought) ? Optional.of(open()) : Optional.empty();
    }

    private synchronized String open() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        seen.put(id, clock.instant());
        if (seen.size() > MOST) {
            seen.remove(seen.keySet().iterator().next());
        }
        return id;
    }

    /** Whether the session was opened, not closed, and used not too long ago. */
    synchronized boolean isOpen(@Nullable String id) {
        if (id == null || !seen.containsKey(id)) {
            return false;
        }
        Instant now = clock.instant();
        if (seen.getOrDefault(id, Instant.MIN).plus(IDLE).isBefore(now)) {
            seen.remove(id);
            return false;
        }
        seen.put(id, now);
        return true;
    }

    public synchronized void close(String id) {
        seen.remove(id);
    }

    /** Takes the same time wherever the two differ. */
    boolean isToken(String brought) {
        return token != null && MessageDigest.isEqual(brought.getBytes(StandardCharsets.UTF_8), token);
    }
}
