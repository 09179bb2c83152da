package io.opsiq.books;

import java.util.List;

/**
 * What was found of one table of the contract.
 *
 * @param unreadableFiles files of the table that could not be read: what they hold is not known
 * @param rows rows in use, bad ones not counted
 * @param missingColumns columns that the contract requires and no file has
 * @param missingOptionalColumns likewise of the optional ones
 */
public record TableReport(
        String name,
        List<String> files,
        List<String> unreadableFiles,
        long rows,
        long badRows,
        List<String> missingColumns,
        List<String> missingOptionalColumns) {}
