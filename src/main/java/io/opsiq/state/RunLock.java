package io.opsiq.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one process a state work on the books at a time. The operating system holds it, so it goes away with a process that
 * is killed.
 */
public final class RunLock implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock, or nothing when another holds it. */
    public static Optional<RunLock> tryTake(State state) {
        Path file = state.folder().resolve("run.lock");
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new RunLock(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /**
     * Waits for the lock; {@code onWait} is told once when it has to.
     *
     * @param givesUp ends the wait when it says so
     * @return nothing when the wait was in vain
     */
    public static Optional<RunLock> take(State state, Duration longest, Runnable onWait, BooleanSupplier givesUp) {
        Optional<RunLock> lock = tryTake(state);
        if (lock.isEmpty()) {
            onWait.run();
        }
        long rounds = longest.dividedBy(POLL);
        for (long round = 0; lock.isEmpty() && round < rounds && !givesUp.getAsBoolean(); round++) {
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            lock = tryTake(state);
        }
        return lock;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release the run lock", e);
        }
    }
}
