package io.opsiq.reasoning;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client whose classes are loaded when it is first asked. */
final class LazyClient implements ChatClient {

    private final Supplier<ChatClient> made;
    private @Nullable ChatClient client;

    LazyClient(Supplier<ChatClient> made) {
        this.made = made;
    }

    @Override
    public Reply ask(Prompt prompt, Form form, Deadline deadline) {
        return client().ask(prompt, form, deadline);
    }

    private synchronized ChatClient client() {
        if (client == null) {
            client = made.get();
        }
        return client;
    }
}
