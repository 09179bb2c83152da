package io.opsiq.sources;

import io.opsiq.engine.Engine;
import java.util.List;

/** An origin of books: knows which tables it can feed. */
public sealed interface Source permits SourceFolder, MappedFolder {

    /** How reports name the origin. */
    String label();

    /** A text that changes when a file, its size or its time, or the mapping does; nothing is read for it. */
    String stamp();

    /** About how many bytes its rows take once they are read, as far as the files' sizes tell. */
    long bytes();

    /** The names of the tables that it has, sorted; they need not be tables of the contract. */
    List<String> names();

    /** Reads what must be in the engine before the first feed is asked for. */
    default Prepared prepare(Engine engine) {
        return new Prepared(List.of(), List.of(), List.of());
    }

    /**
     * What there is to say of what was read beforehand.
     *
     * @param remarks on what was missing
     * @param unreadable files that could not be read: what they hold is not known
     * @param refused rows of raw tables that could not be split into fields
     */
    record Prepared(List<String> remarks, List<String> unreadable, List<Refused> refused) {}

    /** Rows of one file of a raw table that could not be split. */
    record Refused(String rawTable, Feed feed, List<Feed.Reject> rows) {}

    /** Lets go of what {@link #prepare} put into the engine, once every feed is copied. */
    default void release(Engine engine) {}

    /** The table's feeds; none when there is no such table. */
    List<Feed> feeds(String table, Engine engine);
}
