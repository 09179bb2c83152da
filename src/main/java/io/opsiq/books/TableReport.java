package io.opsiq.books;

import java.util.List;

/**
 * What was found of one table of the contract.
 *
 * @param rows rows in use, bad ones not counted
 * @param missingColumns columns that the contract requires and no file has
 * @param missingOptionalColumns likewise of the optional ones
 */
public record TableReport(
        String name,
        List<String> files,
        long rows,
        long badRows,
        List<String> missingColumns,
        List<String> missingOptionalColumns) {}
