package io.opsiq.reasoning;

import java.net.URI;

/**
 * Where the model is asked.
 *
 * @param base the address that {@code /chat/completions} is put behind
 */
record Provider(String name, URI base, String model, ApiKey key) {

    /** The address without what may be a secret in it: user, password, query. */
    String shownBase() {
        String port = base.getPort() < 0 ? "" : ":" + base.getPort();
        return base.getScheme() + "://" + base.getHost() + port + base.getPath();
    }
}
