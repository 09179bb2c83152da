package io.opsiq.detectors;

import io.opsiq.packaged.Packaged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All detectors, by id. */
public final class Pack {

    private final List<Detector> detectors;

    private Pack(List<Detector> detectors) {
        this.detectors = detectors;
    }

    /** The pack that comes with the program. */
    public static Pack shipped() {
        return of(Packaged.folder("detectors"));
    }

    /** The pack that comes with the program, and beside it the one in this folder. Throws as {@link #of} does. */
    public static Pack shippedAnd(Path own) {
        if (!Files.isDirectory(own)) {
            throw new PackException(List.of("There is no folder " + own
                    + " with detectors. Maybe make one: opsiq detectors new ID --detectors " + own));
        }
        return of(List.of(Packaged.folder("detectors"), own));
    }

    /** The pack in this folder of folders. Throws {@link PackException} with all that is wrong with it. */
    public static Pack of(Path folder) {
        return of(List.of(folder));
    }

    private static Pack of(List<Path> homes) {
        List<String> complaints = new ArrayList<>();
        List<Detector> detectors = new ArrayList<>();
        for (Path each : homes.stream().flatMap(home -> folders(home).stream()).toList()) {
            DetectorFolder detectorFolder = new DetectorFolder(each);
            detectorFolder.read().ifPresent(detectors::add);
            complaints.addAll(detectorFolder.complaints());
        }
        detectors.sort(Comparator.comparing(Detector::id));
        Pack pack = new Pack(List.copyOf(detectors));
        complaints.addAll(pack.twins());
        if (complaints.isEmpty()) {
            complaints.addAll(pack.circles());
        }
        if (!complaints.isEmpty()) {
            throw new PackException(complaints);
        }
        return pack;
    }

    private static List<Path> folders(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list the detectors in " + folder, e);
        }
    }

    /** The pack with only these detectors. */
    Pack only(Set<String> ids) {
        return new Pack(detectors.stream()
                .filter(detector -> ids.contains(detector.id()))
                .toList());
    }

    public List<Detector> detectors() {
        return detectors;
    }

    public Optional<Detector> detector(String id) {
        return detectors.stream().filter(detector -> detector.id().equals(id)).findFirst();
    }

    /** The name of a type, as people say it. */
    String nameOf(String id) {
        return detector(id).map(Detector::name).orElse(id);
    }

    /** The detectors of a phase, the most specific first: who counts a record's money, counts it before the others. */
    List<Detector> bySpecificity() {
        Set<Detector> ordered = new LinkedHashSet<>();
        detectors.forEach(detector -> addAfterItsSpecifics(detector, ordered));
        return List.copyOf(ordered);
    }

    private void addAfterItsSpecifics(Detector detector, Set<Detector> ordered) {
        if (!ordered.contains(detector)) {
            moreSpecificThan(detector).forEach(specific -> addAfterItsSpecifics(specific, ordered));
            ordered.add(detector);
        }
    }

    private List<Detector> moreSpecificThan(Detector detector) {
        return detectors.stream()
                .filter(other -> other.specificOver().contains(detector.id()))
                .toList();
    }

    private List<String> twins() {
        Set<String> seen = new HashSet<>();
        return detectors.stream()
                .map(Detector::id)
                .filter(id -> !seen.add(id))
                .map(id -> id + ": there are two detectors of this id; a detector of your own needs another")
                .toList();
    }

    private List<String> circles() {
        return detectors.stream()
                .filter(detector -> reaches(detector, detector, new HashSet<>()))
                .map(detector -> detector.id() + ": specific_over leads back to itself")
                .toList();
    }

    private boolean reaches(Detector from, Detector to, Set<String> seen) {
        return from.specificOver().stream()
                .filter(seen::add)
                .map(this::detector)
                .flatMap(Optional::stream)
                .anyMatch(next -> next.equals(to) || reaches(next, to, seen));
    }
}
