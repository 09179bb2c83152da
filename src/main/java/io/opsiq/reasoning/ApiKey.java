package io.opsiq.reasoning;

/** A provider's key. It shows itself to nobody but the transport that sends it. */
final class ApiKey {

    private final String secret;

    ApiKey(String secret) {
        this.secret = secret;
    }

    String secret() {
        return secret;
    }

    @Override
    public String toString() {
        return "[key]";
    }
}
