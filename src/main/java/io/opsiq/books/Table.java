package io.opsiq.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of the contract.
 *
 * @param id the column that tells rows apart, if any
 * @param clock the column that tells when a fact happened, if it moves the clock
 * @param ofKnownCustomer whether a row of an unknown customer is a bad row
 */
record Table(
        String name,
        List<Column> columns,
        @Nullable String id,
        @Nullable String clock,
        boolean ofKnownCustomer) {

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** Whether amounts of the table are converted at a date: it has money, a currency and a date. */
    boolean convertible() {
        return clock != null && column("currency").isPresent();
    }

    static Builder named(String name) {
        return new Builder(name);
    }

    /** Lists a table's columns in the contract's order; what follows {@link #optional()} is optional. */
    static final class Builder {

        private final String name;
        private final List<Column> columns = new ArrayList<>();
        private @Nullable String id;
        private @Nullable String clock;
        private boolean ofKnownCustomer;
        private boolean required = true;

        private Builder(String name) {
            this.name = name;
        }

        Builder id(String column) {
            id = column;
            return add(ColumnType.ID, true, column);
        }

        Builder ids(String... names) {
            return add(ColumnType.ID, true, names);
        }

        Builder text(String... names) {
            return add(ColumnType.TEXT, true, names);
        }

        Builder words(String... names) {
            return add(ColumnType.WORD, true, names);
        }

        Builder money(String... names) {
            return add(ColumnType.MONEY, !required, names);
        }

        /** An amount that the contract lists among the core columns and yet lets be absent or empty. */
        Builder moneyOrNothing(String column) {
            columns.add(new Column(column, ColumnType.MONEY, false, true));
            return this;
        }

        Builder numbers(String... names) {
            return add(ColumnType.NUMBER, !required, names);
        }

        Builder rate(String column) {
            return add(ColumnType.RATE, false, column);
        }

        Builder times(String... names) {
            return add(ColumnType.TIME, !required, names);
        }

        Builder days(String... names) {
            return add(ColumnType.DATE, !required, names);
        }

        Builder clock(String column) {
            clock = column;
            return add(ColumnType.TIME, false, column);
        }

        Builder currency() {
            return add(ColumnType.CURRENCY, true, "currency");
        }

        Builder optional() {
            required = false;
            return this;
        }

        Builder ofKnownCustomer() {
            ofKnownCustomer = true;
            return this;
        }

        private Builder add(ColumnType type, boolean mayBeEmpty, String... names) {
            for (String column : names) {
                columns.add(new Column(column, type, required, mayBeEmpty));
            }
            return this;
        }

        Table build() {
            return new Table(name, List.copyOf(columns), id, clock, ofKnownCustomer);
        }
    }
}
