package io.opsiq.reasoning;

import java.util.Optional;

/** One request to a model, one answer or a {@link CallFailure}; over before the deadline. */
interface ChatClient {

    Reply ask(Prompt prompt, Form form, Deadline deadline);

    /** How the form of the answer is asked for, the strictest first. */
    enum Form {
        /** The server holds the model to the schema. */
        STRICT,
        /** The server sees to it that the answer is JSON. */
        JSON,
        /** The prompt asks for it. */
        PLAIN;

        Optional<Form> looser() {
            return switch (this) {
                case STRICT -> Optional.of(JSON);
                case JSON -> Optional.of(PLAIN);
                case PLAIN -> Optional.empty();
            };
        }
    }
}
