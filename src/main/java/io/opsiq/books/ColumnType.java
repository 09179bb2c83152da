package io.opsiq.books;

/** What a column holds, and so how its text is read. */
enum ColumnType {
    /** A key: any text but blank. */
    ID("varchar"),
    TEXT("varchar"),
    /** One of a few words of the contract; kept in lower case. */
    WORD("varchar"),
    /** ISO 4217; upper case, USD where missing. */
    CURRENCY("varchar"),
    /** At most four fraction digits. */
    MONEY("decimal(18, 4)"),
    NUMBER("decimal(18, 4)"),
    RATE("decimal(18, 8)"),
    /** A moment, UTC. */
    TIME("timestamp"),
    /** A day, UTC. */
    DATE("date");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** DuckDB's type. */
    String sql() {
        return sql;
    }

    /** Whether text may be unreadable as this type. */
    boolean canFail() {
        return this == MONEY || this == NUMBER || this == RATE || this == TIME || this == DATE;
    }

    /** What a reason calls it. */
    String noun() {
        return switch (this) {
            case TIME, DATE -> "date";
            case MONEY -> "amount";
            case NUMBER, RATE -> "number";
            case ID, TEXT, WORD, CURRENCY -> "text";
        };
    }
}
