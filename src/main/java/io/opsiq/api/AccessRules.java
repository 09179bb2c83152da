package io.opsiq.api;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask. With a token: who brings it, or signed in with it. Without: programs on this machine, and pages of this server; a page
 * from elsewhere must not act through the browser of whoever looks at it, neither under another name for this machine (DNS rebinding)
 * nor across sites.
 */
final class AccessRules {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");
    private static final String SCHEME = "bearer ";
    private static final String ELSEWHERE =
            "A page of another site asked for this. Only pages of this server, and programs, may change anything.";

    private final Sessions sessions;

    AccessRules(Sessions sessions) {
        this.sessions = sessions;
    }

    /** What of a request decides. */
    record Asked(
            String method,
            String path,
            int port,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String authorization,
            @Nullable String session) {}

    /** Why the request is refused, with 401 or 403. */
    record Refusal(int status, String detail) {}

    Optional<Refusal> refusal(Asked asked) {
        return sessions.areNeeded() ? refusalWithoutToken(asked) : refusalOfStrangers(asked);
    }

    private Optional<Refusal> refusalWithoutToken(Asked asked) {
        if (brings(asked.authorization())) {
            return Optional.empty();
        }
        if (isOpenToAll(asked) || sessions.isOpen(asked.session())) {
            return refusalOfOtherSites(asked, List.of("http://", "https://")); // a proxy in front may speak HTTPS
        }
        return Optional.of(
                new Refusal(
                        401,
                        asked.authorization() == null
                                ? "This server wants its token. Maybe send the header Authorization: Bearer <the server's OPSIQ_TOKEN>."
                                : "This is not the server's token. Maybe compare it with the OPSIQ_TOKEN that the server was started with."));
    }

    /** Whether the server lives, and what the page to sign in is made of. */
    private static boolean isOpenToAll(Asked asked) {
        boolean reading = READING.contains(asked.method());
        return asked.path().equals("/sign-in")
                || (reading && (asked.path().equals("/health") || asked.path().startsWith("/assets/")));
    }

    private boolean brings(@Nullable String authorization) {
        return authorization != null
                && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                && sessions.isToken(authorization.substring(SCHEME.length()).strip());
    }

    private static Optional<Refusal> refusalOfStrangers(Asked asked) {
        if (!namesThisMachine(asked.host(), asked.port())) {
            return Optional.of(new Refusal(
                    403,
                    "The server answers this machine only, under http://127.0.0.1:%d or http://localhost:%1$d."
                            .formatted(asked.port())));
        }
        return refusalOfOtherSites(asked, List.of("http://"));
    }

    private static Optional<Refusal> refusalOfOtherSites(Asked asked, List<String> schemes) {
        return !READING.contains(asked.method()) && comesFromElsewhere(asked, schemes)
                ? Optional.of(new Refusal(403, ELSEWHERE))
                : Optional.empty();
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

    private static boolean comesFromElsewhere(Asked asked, List<String> schemes) {
        @Nullable String site = asked.fetchSite();
        @Nullable String origin = asked.origin();
        return (site != null && !OWN_SITE.contains(site))
                || (origin != null
                        && schemes.stream().noneMatch(scheme -> origin.equalsIgnoreCase(scheme + asked.host())));
    }
}
