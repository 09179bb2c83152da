package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import io.opsiq.engine.Sql;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** A Parquet file, read with its own types. */
final class ParquetFeed implements Feed {

    private final String label;
    private final String relation;
    private final List<FeedColumn> columns;

    ParquetFeed(Path file, String label, Engine engine) {
        this.label = label;
        this.relation = "read_parquet(" + Sql.file(file) + ", hive_partitioning = false)";
        try {
            this.columns = FeedColumn.of(relation, engine);
        } catch (EngineException e) {
            throw new SourceException(label + " is no readable Parquet file: " + e.getMessage(), e);
        }
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<FeedColumn> columns() {
        return columns;
    }

    @Override
    public List<Reject> copy(Engine engine, UnaryOperator<String> insert) {
        engine.run(insert.apply(relation));
        return List.of();
    }
}
