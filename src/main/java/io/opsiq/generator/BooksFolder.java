package io.opsiq.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A folder for generated books: never written where anything else lies, and complete or not there. */
record BooksFolder(Path path) {

    static final String TRUTH = ".truth";
    private static final String MARKER = ".opsiq-generated";
    private static final String UNFINISHED = ".unfinished";

    /** Hands a hidden folder to fill to the writer; when that is done, its files take the place of those that were generated before. */
    void replace(String description, Consumer<Path> writer) {
        try {
            refuseOthers();
            Path unfinished = path.resolve(UNFINISHED);
            deleteTree(unfinished);
            Files.createDirectories(unfinished.resolve(TRUTH));
            try {
                writer.accept(unfinished);
                settle(unfinished, description);
            } finally {
                deleteTree(unfinished);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The books could not be written to %s (%s: %s). Maybe the folder is not writable or the disk is full."
                            .formatted(path, e.getClass().getSimpleName(), e.getMessage()),
                    e);
        }
    }

    private void settle(Path unfinished, String description) throws IOException {
        for (Path old : visible()) {
            Files.delete(old);
        }
        deleteTree(path.resolve(TRUTH));
        Files.writeString(path.resolve(MARKER), description);
        try (Stream<Path> files = Files.list(unfinished)) {
            for (Path file : files.sorted().toList()) {
                Files.move(file, path.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void refuseOthers() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(path)) {
            throw refusal("it is not a folder");
        }
        Set<String> ours = isMarked() ? ourNames() : Set.of();
        for (Path file : visible()) {
            if (!ours.contains(file.getFileName().toString()) || !Files.isRegularFile(file)) {
                throw refusal("it holds " + file.getFileName() + ", which is not a file of generated books");
            }
        }
        if (!isMarked() && Files.exists(path.resolve(TRUTH))) {
            throw refusal("it holds the truth about other books");
        }
    }

    private IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException(
                "Books are not written to %s: %s. Maybe name a new or empty folder, or move what is there away first."
                        .formatted(path, why));
    }

    private boolean isMarked() {
        return Files.isRegularFile(path.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    }

    private static Set<String> ourNames() {
        return Script.TABLES.stream()
                .flatMap(table -> Stream.of(BooksOrder.Format.values()).map(format -> table + format.ending()))
                .collect(Collectors.toSet());
    }

    private List<Path> visible() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteTree(Path root) throws IOException {
        if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }
}
