package io.opsiq.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A folder for demo books, which never overwrites anything but demo books. */
record DemoFolder(Path path) {
    private static final String MARKER = ".opsiq-demo";
    private static final String MARKER_TEXT =
            "OpsIQ wrote the demo books in this folder and may overwrite them. Delete this file to keep them.\n";

    /** The one table without dates: unless somebody changed it, it is the same in all demo books. */
    private static final String CUSTOMERS = "customers.csv";

    /** Makes the folder if it is missing and marks it. */
    void claim(Map<String, String> files) throws IOException {
        Optional<String> objection = objection(files);
        if (objection.isPresent()) {
            throw new FolderTakenException(path, objection.get());
        }
        Files.createDirectories(path);
        put(MARKER, MARKER_TEXT);
    }

    void put(String name, String text) throws IOException {
        Path unfinished = path.resolve("." + name + ".tmp");
        try {
            Files.writeString(unfinished, text);
            Files.move(unfinished, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Optional<String> objection(Map<String, String> files) throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        if (!Files.isDirectory(path)) {
            return Optional.of("it is not a folder");
        }
        Set<String> replaceable = isMarked() ? files.keySet() : Set.of();
        List<Path> others = visible().stream()
                .filter(file -> !replaceable.contains(file.getFileName().toString()) || !Files.isRegularFile(file))
                .toList();
        if (!others.isEmpty()) {
            return Optional.of(
                    "it holds " + others.getFirst().getFileName() + ", which is not a file of the demo books");
        }
        return customersAreOurs(files.getOrDefault(CUSTOMERS, ""))
                ? Optional.empty()
                : Optional.of("its customers are not the demo's");
    }

    private boolean isMarked() {
        return Files.isRegularFile(path.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean customersAreOurs(String ours) throws IOException {
        Path customers = path.resolve(CUSTOMERS);
        return !Files.exists(customers) || Arrays.equals(Files.readAllBytes(customers), ours.getBytes(UTF_8));
    }

    private List<Path> visible() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
