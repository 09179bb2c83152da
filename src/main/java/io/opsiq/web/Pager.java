package io.opsiq.web;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Which pages can be gone to.
 *
 * @param from the number of the first row shown; 0 when there is none
 * @param near pages to offer by number, the first and the last among them
 */
public record Pager(long page, long pages, long from, long to, long count, List<Long> near) {

    private static final int BESIDE = 2;

    /** The page asked for, or the last where there are fewer. */
    static Pager of(long asked, long count) {
        long pages = Math.max(1, (count + Choice.ROWS - 1) / Choice.ROWS);
        long page = Math.min(asked, pages);
        TreeSet<Long> near = new TreeSet<>(List.of(1L, pages));
        LongStream.rangeClosed(Math.max(1, page - BESIDE), Math.min(pages, page + BESIDE))
                .forEach(near::add);
        long from = count == 0 ? 0 : (page - 1) * Choice.ROWS + 1;
        return new Pager(page, pages, from, Math.min(count, page * Choice.ROWS), count, List.copyOf(near));
    }

    /** Whether pages are left out before this one. */
    public boolean isGapBefore(long shown) {
        return shown > 1 && !near.contains(shown - 1);
    }
}
