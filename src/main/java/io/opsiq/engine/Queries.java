package io.opsiq.engine;

import java.util.List;

/** Something that answers queries whose results are known to be small. */
public interface Queries {

    /** All rows of the query, with values bound to its {@code ?}. */
    <T> List<T> list(String sql, Engine.RowReader<T> reader, Object... values);
}
