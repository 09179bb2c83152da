package io.opsiq.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. With a token: who brings it. Without: programs on this machine, and pages of this server; a page from elsewhere must
 * not act through the browser of whoever looks at it, neither under another name for this machine (DNS rebinding) nor across sites.
 */
final class AccessRules {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final String SCHEME = "bearer ";

    private final byte @Nullable [] token;

    AccessRules(ServerSettings settings) {
        this.token = settings.token() == null ? null : settings.token().getBytes(StandardCharsets.UTF_8);
    }

    /** What of a request decides. */
    record Asked(
            String method,
            String path,
            int port,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String authorization) {}

    /** Why the request is refused, with 401 or 403. */
    record Refusal(int status, String detail) {}

    Optional<Refusal> refusal(Asked asked) {
        return token == null ? refusalOfStrangers(asked) : refusalWithoutToken(asked, token);
    }

    private static Optional<Refusal> refusalWithoutToken(Asked asked, byte[] token) {
        boolean open = asked.path().equals("/health") && READING.contains(asked.method());
        if (open || brings(asked.authorization(), token)) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        401,
                        asked.authorization() == null
                                ? "This server wants its token. Maybe send the header Authorization: Bearer <the server's OPSIQ_TOKEN>."
                                : "This is not the server's token. Maybe compare it with the OPSIQ_TOKEN that the server was started with."));
    }

    /** Takes the same time wherever the two differ. */
    private static boolean brings(@Nullable String authorization, byte[] token) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return false;
        }
        byte[] brought = authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(brought, token);
    }

    private static Optional<Refusal> refusalOfStrangers(Asked asked) {
        if (!namesThisMachine(asked.host(), asked.port())) {
            return Optional.of(new Refusal(
                    403,
                    "The server answers this machine only, under http://127.0.0.1:%d or http://localhost:%1$d."
                            .formatted(asked.port())));
        }
        if (!READING.contains(asked.method()) && comesFromElsewhere(asked)) {
            return Optional.of(
                    new Refusal(
                            403,
                            "A page of another site asked for this. Only pages of this server, and programs, may change anything."));
        }
        return Optional.empty();
    }

    private static boolean namesThisMachine(@Nullable String host, int port) {
        if (host == null) {
            return false;
        }
        String name = host.toLowerCase(Locale.ROOT);
        String suffix = ":" + port;
        if (name.endsWith(suffix)) {
            name = name.substring(0, name.length() - suffix.length());
        } else if (port != 80) {
            return false;
        }
        return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.\\d{1,3}){3}");
    }

    private static boolean comesFromElsewhere(Asked asked) {
        @Nullable String site = asked.fetchSite();
        @Nullable String origin = asked.origin();
        return (site != null && !OWN_SITE.contains(site))
                || (origin != null && !origin.equalsIgnoreCase("http://" + asked.host()));
    }
}
