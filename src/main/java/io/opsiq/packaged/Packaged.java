package io.opsiq.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Finds packaged folders on the class path. */
public final class Packaged {

    private Packaged() {}

    /** The folder of this name, such as {@code detectors}; its paths may lie inside a jar. */
    public static Path folder(String name) {
        URL url = Packaged.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IllegalStateException(
                    "The folder " + name + " is missing from the program. Maybe build it again.");
        }
        try {
            URI uri = url.toURI();
            return uri.getScheme().equals("jar") ? jar(uri).getPath("/" + name) : Path.of(uri);
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("The folder " + name + " cannot be read from the program", e);
        }
    }

    private static synchronized FileSystem jar(URI uri) throws IOException {
        try {
            return FileSystems.newFileSystem(uri, Map.of());
        } catch (FileSystemAlreadyExistsException e) {
            return FileSystems.getFileSystem(uri);
        }
    }

    /** The text of a file, packaged or not. */
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
