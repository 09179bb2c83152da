package io.opsiq.investigation;

/**
 * Runs that ended alike, counted.
 *
 * @param millis the time that they took together
 */
public record RunTally(Run.Status status, long runs, long millis) {}
