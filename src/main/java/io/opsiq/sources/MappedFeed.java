package io.opsiq.sources;

import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The result of a mapping's query. */
final class MappedFeed implements Feed {

    private final String label;
    private final String relation;
    private final List<FeedColumn> columns;

    MappedFeed(String label, String select, Engine engine) {
        this.label = label;
        this.relation = "(" + select + "\n)";
        try {
            this.columns = FeedColumn.of(relation, engine);
        } catch (EngineException e) {
            throw failed(e);
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
        try {
            engine.run(insert.apply(relation));
        } catch (EngineException e) {
            throw failed(e);
        }
        return List.of();
    }

    private MappingException failed(EngineException e) {
        String advice = String.valueOf(e.getMessage()).contains("Permission Error")
                ? " A mapping reads raw tables by their names, no files."
                : "";
        return new MappingException("The mapping's " + label + " failed: " + e.getMessage() + advice, e);
    }
}
