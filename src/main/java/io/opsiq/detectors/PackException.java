package io.opsiq.detectors;

import java.io.Serial;
import java.util.List;

/** A pack that does not keep to its form; the message lists every complaint. */
public final class PackException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    PackException(List<String> complaints) {
        super("The detector pack is not as it must be:\n  " + String.join("\n  ", complaints));
    }
}
