package io.opsiq.analyst;

import java.util.List;
import java.util.Map;

/**
 * A Plotly figure.
 *
 * @param type line, bar or waterfall
 * @param data traces
 * @param layout titles and axes
 */
public record Chart(String type, List<Map<String, Object>> data, Map<String, Object> layout) {}
