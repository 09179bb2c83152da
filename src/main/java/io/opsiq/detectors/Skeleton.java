package io.opsiq.detectors;

import io.opsiq.packaged.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A new detector's folder: it runs and its tests hold as it is, so that whoever changes it sees at once what broke. */
public final class Skeleton {

    private static final String ID = "a_new_detector";

    private Skeleton() {}

    /**
     * Writes the folder of a detector of this id into a folder of detectors. Throws {@link IllegalArgumentException} when the id does not
     * fit or is taken.
     *
     * @return the files
     */
    public static List<Path> write(Path home, String id) {
        if (!id.matches("[a-z][a-z0-9_]{2,59}")) {
            throw new IllegalArgumentException(
                    "'" + id
                            + "' cannot be a detector's id. Maybe write 3 to 60 small letters, digits and underscores, such as stale_coupon.");
        }
        Path folder = home.resolve(id);
        if (Pack.shipped().detector(id).isPresent() || Files.exists(folder)) {
            throw new IllegalArgumentException("There is a detector " + id + " already. Maybe choose another id.");
        }
        try {
            return copy(Packaged.folder("detector-skeleton"), folder, id);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the detector into " + folder, e);
        }
    }

    private static List<Path> copy(Path skeleton, Path folder, String id) throws IOException {
        List<Path> written = new ArrayList<>();
        try (Stream<Path> files = Files.walk(skeleton)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Path target = folder.resolve(skeleton.relativize(file).toString());
                Files.createDirectories(target.resolveSibling("."));
                Files.writeString(target, Packaged.text(file).replace(ID, id));
                written.add(target);
            }
        }
        return written;
    }
}
