package io.opsiq.api;

import io.opsiq.investigation.RunRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, to whom, and on which books.
 *
 * @param port 0 for one that is free
 * @param token what a request must bring; null: only this machine may ask, and needs none
 * @param books what it investigates when nobody names others
 */
public record ServerSettings(
        String host, int port, @Nullable String token, RunRequest books) {

    private static final int SHORTEST_TOKEN = 16;

    /** Why a server with these settings must not start; empty when it may. */
    public Optional<String> objection() {
        if (token != null && token.length() < SHORTEST_TOKEN) {
            return Optional.of(
                    "OPSIQ_TOKEN has %d characters and needs at least %d. Maybe take one from: openssl rand -hex 24"
                            .formatted(token.length(), SHORTEST_TOKEN));
        }
        if (token == null && !isLoopback()) {
            return Optional.of(
                    "On %s others could reach the server, so it needs a token: set OPSIQ_TOKEN (at least %d characters) in the environment or in .env. Maybe take one from: openssl rand -hex 24. Or leave out --host, for this machine alone."
                            .formatted(host, SHORTEST_TOKEN));
        }
        return Optional.empty();
    }

    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    URI address(int listening) {
        String shown = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + listening);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ServerSettings[%s:%d, %s]".formatted(host, port, books);
    }
}
