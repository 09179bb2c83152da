package io.opsiq.investigation;

import io.opsiq.cases.Cases;
import io.opsiq.detectors.Detection;
import io.opsiq.learning.Lessons;
import io.opsiq.learning.LimitTrial;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Limits that learning wants looked at, beside those that a run detects with. */
final class LimitTrials {

    private LimitTrials() {}

    /** The limits to detect with: what lies below a looser one is found and hidden, so that somebody can look at samples of it. */
    static Map<String, Map<String, BigDecimal>> without(Lessons lessons) {
        Map<String, Map<String, BigDecimal>> left = new LinkedHashMap<>();
        lessons.limits().forEach((detector, values) -> left.put(detector, new LinkedHashMap<>(values)));
        lessons.looser()
                .forEach(each -> left.getOrDefault(each.detector(), new LinkedHashMap<>())
                        .remove(each.parameter()));
        return left;
    }

    /** What each of these limits would not have found. */
    static List<LimitTrial.Tried> on(Detection detection, List<LimitTrial> limits) {
        return limits.stream().map(each -> on(detection, each)).toList();
    }

    private static LimitTrial.Tried on(Detection detection, LimitTrial limit) {
        Set<String> lost = new HashSet<>();
        detection.forEachLost(
                limit.detector(), limit.parameter(), limit.limit(), finding -> lost.add(Cases.idOf(finding)));
        return new LimitTrial.Tried(limit, lost);
    }

    /** As {@link #on(Detection, List)}, without what is hidden already. */
    static List<LimitTrial.Tried> on(Detection detection, List<LimitTrial> limits, List<LimitTrial.Tried> hidden) {
        Set<String> already =
                hidden.stream().flatMap(each -> each.lost().stream()).collect(Collectors.toSet());
        return on(detection, limits).stream().map(each -> each.without(already)).toList();
    }
}
