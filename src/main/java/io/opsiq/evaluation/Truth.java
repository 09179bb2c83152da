package io.opsiq.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the truth about books lies: what was planted in them, and what only looks like it. */
record Truth(Path facts, Path lookAlikes) {

    /** @param folder the books' folder, or the one with the truth in it */
    static Truth in(Path folder) {
        Path truth = Files.isDirectory(folder.resolve(".truth")) ? folder.resolve(".truth") : folder;
        Truth found = new Truth(truth.resolve("facts.csv"), truth.resolve("look_alikes.csv"));
        if (!Files.isRegularFile(found.facts)) {
            throw new IllegalArgumentException(
                    "There is no truth in " + folder
                            + ": facts.csv was looked for in it and in its folder .truth. Maybe give the folder that opsiq seed --customers wrote.");
        }
        return found;
    }
}
