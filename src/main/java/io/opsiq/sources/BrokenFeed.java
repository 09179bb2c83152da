package io.opsiq.sources;

import io.opsiq.engine.Engine;
import java.util.List;
import java.util.function.UnaryOperator;

/** A file that cannot be opened at all; says so when it is its turn, so that the files beside it are read. */
record BrokenFeed(String label, SourceException reason) implements Feed {

    @Override
    public List<FeedColumn> columns() {
        return List.of();
    }

    @Override
    public List<Reject> copy(Engine engine, UnaryOperator<String> insert) {
        throw reason;
    }
}
