package io.opsiq.reasoning;

import io.opsiq.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One call's words.
 *
 * @param answer an answer before, that was not in the form asked for; null in a first call
 * @param complaint what was wrong with it
 */
record Prompt(
        String name,
        String system,
        String user,
        Schema schema,
        int mostTokens,
        @Nullable String answer,
        @Nullable String complaint) {

    private static final int CHARACTERS_A_TOKEN = 3;
    private static final int LONGEST_REPEATED = 4_000;

    Prompt repairing(String wrong, String complaintNow) {
        String repeated = wrong.length() > LONGEST_REPEATED ? wrong.substring(0, LONGEST_REPEATED) : wrong;
        return new Prompt(name, system, user, schema, mostTokens, repeated, complaintNow);
    }

    /** The system's words where the schema cannot be handed over beside them. */
    String systemWithSchema() {
        return system + "\n\nAnswer with one JSON object that fits this JSON schema, and nothing else:\n"
                + Json.text(schema.json());
    }

    /** What the call may cost at most, estimated on the safe side. */
    int estimate() {
        return length() / CHARACTERS_A_TOKEN + mostTokens;
    }

    /** The characters of all words and of the schema. */
    int length() {
        return systemWithSchema().length() + user.length() + length(answer) + length(complaint);
    }

    /** All words, for the log. */
    String transcript() {
        return "system: " + system + "\nuser: " + user
                + (answer == null ? "" : "\nassistant: " + answer + "\nuser: " + complaint);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
