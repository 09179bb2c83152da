package io.opsiq.investigation;

import io.opsiq.books.Books;
import io.opsiq.books.BooksReader;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.detectors.Detection;
import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Finding;
import io.opsiq.engine.Engine;
import io.opsiq.engine.EngineSettings;
import io.opsiq.evaluation.Interval;
import io.opsiq.investigation.Investigations.Progress;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tries limits of a detector on the books of a run, and stores nothing. */
final class Tuning {

    private final RunRequest request;
    private final RunParts parts;
    private final EngineSettings settings;
    private final Clock clock;
    private final Progress progress;

    Tuning(RunRequest request, RunParts parts, EngineSettings settings, Clock clock, Progress progress) {
        this.request = request;
        this.parts = parts;
        this.settings = settings;
        this.clock = clock;
        this.progress = progress;
    }

    LimitPreview preview(Detector detector, Map<String, BigDecimal> tried) {
        Map<String, Map<String, BigDecimal>> now = parts.memory().lessons().limits();
        Map<String, Map<String, BigDecimal>> then = new LinkedHashMap<>(now);
        Map<String, BigDecimal> limits = new TreeMap<>(now.getOrDefault(detector.id(), Map.of()));
        limits.putAll(tried);
        then.put(detector.id(), limits);
        Map<String, LimitPreview.Found> before = found(detector, now);
        Map<String, LimitPreview.Found> after = found(detector, then);
        List<LimitPreview.Found> lost = only(before, after);
        List<LimitPreview.Found> gained = only(after, before);
        return new LimitPreview(
                detector.id(),
                tried,
                before.size(),
                after.size(),
                lost,
                gained,
                money(lost),
                money(gained),
                precision(before),
                precision(after),
                Interval.of(approved(before), approved(before)),
                Interval.of(approved(before) - approved(keyed(lost)), approved(before)));
    }

    private Map<String, LimitPreview.Found> found(Detector detector, Map<String, Map<String, BigDecimal>> limits) {
        try (Engine engine = Engine.open(settings)) {
            Books books = new BooksReader(
                            engine,
                            Investigations.source(request),
                            request.asOf(),
                            clock,
                            table -> progress.tell("reading " + table))
                    .read();
            Detection detection = new Detection(books, parts.pack().get(), limits, progress::tell);
            detection.run();
            Map<String, LimitPreview.Found> found = new LinkedHashMap<>();
            detection.forEachFinding(finding -> {
                if (finding.detector().id().equals(detector.id())) {
                    LimitPreview.Found each = found(finding);
                    found.put(each.caseId(), each);
                }
            });
            return found;
        }
    }

    private LimitPreview.Found found(Finding finding) {
        String caseId = Cases.idOf(finding);
        CaseStatus status = parts.cases().find(caseId).map(Case::status).orElse(CaseStatus.OPEN);
        return new LimitPreview.Found(caseId, finding.title(), finding.amount(), finding.currency(), status);
    }

    private static List<LimitPreview.Found> only(
            Map<String, LimitPreview.Found> here, Map<String, LimitPreview.Found> notThere) {
        return here.values().stream()
                .filter(each -> !notThere.containsKey(each.caseId()))
                .sorted(Comparator.comparing(LimitPreview.Found::impact)
                        .reversed()
                        .thenComparing(LimitPreview.Found::caseId))
                .toList();
    }

    private static Map<String, LimitPreview.Found> keyed(List<LimitPreview.Found> found) {
        Map<String, LimitPreview.Found> keyed = new LinkedHashMap<>();
        found.forEach(each -> keyed.put(each.caseId(), each));
        return keyed;
    }

    private static Map<String, BigDecimal> money(List<LimitPreview.Found> found) {
        Map<String, BigDecimal> money = new TreeMap<>();
        found.forEach(each -> money.merge(each.currency(), each.impact(), BigDecimal::add));
        return money;
    }

    private static Interval precision(Map<String, LimitPreview.Found> found) {
        long judged = found.values().stream()
                .filter(each -> each.status() == CaseStatus.APPROVED
                        || each.status() == CaseStatus.REJECTED
                        || each.status() == CaseStatus.FALSE_POSITIVE)
                .count();
        return Interval.of(approved(found), judged);
    }

    private static long approved(Map<String, LimitPreview.Found> found) {
        return found.values().stream()
                .filter(each -> each.status() == CaseStatus.APPROVED)
                .count();
    }
}
