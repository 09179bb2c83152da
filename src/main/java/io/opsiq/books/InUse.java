package io.opsiq.books;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Who uses which file of a folder, over all processes: a shared lock of the operating system on one byte of the folder's
 * lock file for each file in use, taken once a process and let go with its last user. It goes away with a process that is
 * killed. The lock file is opened once a process and never closed: closing it would let go of every lock on it.
 */
final class InUse {

    private static final Map<Path, InUse> OF_FOLDER = new HashMap<>();

    private final FileChannel channel;
    private final Map<String, Users> users = new HashMap<>();

    private InUse(FileChannel channel) {
        this.channel = channel;
    }

    private record Users(FileLock lock, int count) {}

    static InUse of(Path folder) {
        synchronized (OF_FOLDER) {
            return OF_FOLDER.computeIfAbsent(folder.toAbsolutePath().normalize(), InUse::open);
        }
    }

    private static InUse open(Path folder) {
        try {
            Files.createDirectories(folder);
            return new InUse(FileChannel.open(
                    folder.resolve(".in-use"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot use the folder " + folder + ". Maybe choose another with --state.", e);
        }
    }

    /** Waits, if need be, for one that removes the file to be done. */
    synchronized Hold hold(String name) {
        Users before = users.get(name);
        try {
            FileLock lock = before == null ? channel.lock(position(name), 1, true) : before.lock();
            users.put(name, new Users(lock, before == null ? 1 : before.count() + 1));
            return new Hold(name);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + name, e);
        }
    }

    private synchronized void release(String name) {
        Users now = users.get(name);
        if (now == null) {
            return;
        }
        if (now.count() > 1) {
            users.put(name, new Users(now.lock(), now.count() - 1));
            return;
        }
        users.remove(name);
        try {
            now.lock().release();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot let go of " + name, e);
        }
    }

    /** Does the work unless somebody, in whatever process, uses the file. */
    synchronized void ifUnused(String name, Runnable work) {
        if (users.containsKey(name)) {
            return;
        }
        try (FileLock lock = channel.tryLock(position(name), 1, false)) {
            if (lock != null) {
                work.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + name, e);
        }
    }

    /** Two names that share a position only keep each other longer than need be. */
    private static long position(String name) {
        return name.hashCode() & 0x7fff_ffffL;
    }

    /** A use; to be released once. */
    final class Hold {

        private final String name;
        private boolean released;

        private Hold(String name) {
            this.name = name;
        }

        void release() {
            synchronized (InUse.this) {
                if (!released) {
                    released = true;
                    InUse.this.release(name);
                }
            }
        }
    }
}
