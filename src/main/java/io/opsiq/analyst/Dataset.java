package io.opsiq.analyst;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of the model.
 *
 * @param key the column that tells rows apart
 * @param customers the column that leads to the customer; null where none does
 */
record Dataset(
        String name,
        String source,
        String key,
        Map<String, Field> fields,
        @Nullable String customers) {

    /**
     * A column or what is made of columns.
     *
     * @param sql over the dataset's table, with {@code {field}} for other fields
     * @param without what stands for it in books that lack one of its columns; null: then it is not there
     * @param shown the field that a group is shown by; null: its own value
     * @param dimension whether one can ask by it
     */
    record Field(
            String name,
            String sql,
            @Nullable String without,
            @Nullable String shown,
            @Nullable String label,
            List<String> synonyms,
            boolean dimension) {}
}
