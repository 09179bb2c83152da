package io.opsiq.analyst;

import java.util.List;

/**
 * Something to ask by.
 *
 * @param label how answers call it
 */
record Dimension(String name, String label, List<String> synonyms) {}
