package io.opsiq.books;

/**
 * A column of the contract.
 *
 * @param required whether the contract lists it without (o)
 * @param mayBeEmpty whether a row without a value in it is still a good row
 */
record Column(String name, ColumnType type, boolean required, boolean mayBeEmpty) {}
