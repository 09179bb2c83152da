package io.opsiq.web;

import io.opsiq.OpsIQ;
import io.opsiq.api.FreshStart;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.Cases;
import io.opsiq.evaluation.Calibration;
import io.opsiq.evaluation.Evaluation;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.learning.ChangeOutcome;
import io.opsiq.learning.Memory;
import io.opsiq.learning.Verdicts;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.sentiment.SentimentLog;
import io.opsiq.web.LinePlot.Numbers;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** QA Lab: how good the runs are, what was learned, and how each decision came about. */
@Controller
final class QaController {

    private static final int EVALUATIONS = 30;
    private static final int FEEDBACK = 50;
    private static final int TRACES = 10;
    private static final int TEXTS = 20;
    private static final int CALLS = 50;
    private static final int LONGEST_TEXT = 20_000;
    private static final int VERSIONS = 50;
    private static final int AUDITS = 200;
    private static final int BINS = 10;
    private static final String WHO = "local";
    private static final String CONFIRMATION = "RESET";

    private final Evaluations evaluations;
    private final Verdicts verdicts;
    private final Memory memory;
    private final Cases cases;
    private final Investigations investigations;
    private final SentimentLog sentiment;
    private final Reasoning reasoning;
    private final FreshStart fresh;
    private final Frame frame;

    QaController(
            Evaluations evaluations,
            Verdicts verdicts,
            Memory memory,
            Cases cases,
            Investigations investigations,
            SentimentLog sentiment,
            OpsIQ opsiq,
            FreshStart fresh,
            Frame frame) {
        this.evaluations = evaluations;
        this.verdicts = verdicts;
        this.memory = memory;
        this.cases = cases;
        this.investigations = investigations;
        this.sentiment = sentiment;
        this.reasoning = opsiq.reasoning();
        this.fresh = fresh;
        this.frame = frame;
    }

    @GetMapping("/qa")
    String evaluation(HttpServletRequest request, Model model) {
        List<Evaluation> newest = evaluations.newest(EVALUATIONS);
        model.addAttribute("evaluations", newest);
        model.addAttribute("now", newest.stream().findFirst().orElse(null));
        model.addAttribute("chart", scores(newest.reversed(), frame.shown(request)));
        model.addAttribute("feedback", verdicts.newest(FEEDBACK));
        model.addAttribute("counts", verdicts.counts());
        Calibration calibration = Calibration.of(verdicts.answered());
        model.addAttribute("calibration", calibration);
        model.addAttribute("reliability", reliability(calibration, frame.shown(request)));
        model.addAttribute(
                "contradictions",
                verdicts.contradictions().stream().limit(TRACES).toList());
        return "qa/evaluation";
    }

    /** Promised and confirmed by tenths of the score; null where nothing was reviewed. */
    private static @Nullable LinePlot reliability(Calibration calibration, Shown show) {
        if (calibration.bins().isEmpty()) {
            return null;
        }
        Map<Integer, Calibration.Bin> bins = new HashMap<>();
        calibration.bins().forEach(bin -> bins.put(bin.from().movePointRight(1).intValue(), bin));
        return LinePlot.of(
                "% true, by score",
                List.of("0", "1"),
                List.of(
                        new Numbers("Promised", percents(bins, Calibration.Bin::promised)),
                        new Numbers(
                                "Confirmed",
                                percents(bins, bin -> bin.confirmed().value()))),
                new Scale(0, 100, 25),
                show);
    }

    /** The scores from the oldest to the newest evaluation; null for fewer than two, which make no line. */
    private static @Nullable LinePlot scores(List<Evaluation> evaluations, Shown show) {
        if (evaluations.size() < 2) {
            return null;
        }
        List<String> moments =
                evaluations.stream().map(each -> show.moment(each.timestamp())).toList();
        List<Numbers> lines = List.of(
                scores("Actionability", evaluations, Evaluation::actionability),
                scores("Correctness", evaluations, Evaluation::correctness),
                scores("Specificity", evaluations, Evaluation::specificity));
        List<String> ends = List.of(moments.getFirst(), moments.getLast());
        return LinePlot.of("Score", ends, lines, new Scale(1, 5, 1), show);
    }

    private static Numbers scores(String name, List<Evaluation> evaluations, ToIntFunction<Evaluation> score) {
        return new Numbers(
                name,
                evaluations.stream()
                        .<@Nullable Double>map(each -> (double) score.applyAsInt(each))
                        .toList());
    }

    private static List<@Nullable Double> percents(
            Map<Integer, Calibration.Bin> bins, Function<Calibration.Bin, @Nullable BigDecimal> share) {
        return IntStream.range(0, BINS)
                .<@Nullable Double>mapToObj(place -> {
                    Calibration.@Nullable Bin bin = bins.get(place);
                    @Nullable BigDecimal value = bin == null ? null : share.apply(bin);
                    return value == null ? null : value.movePointRight(2).doubleValue();
                })
                .toList();
    }

    @GetMapping("/qa/memory")
    String memory(Model model) {
        model.addAttribute("learned", memory.improvement());
        model.addAttribute("proposals", memory.proposals());
        model.addAttribute("versions", memory.history(VERSIONS));
        return "qa/memory";
    }

    @GetMapping("/qa/audit")
    String audit(Model model) {
        model.addAttribute(
                "cases", cases.list(CaseQuery.audits().page(AUDITS, null)).cases());
        return "qa/audit";
    }

    @PostMapping("/qa/proposals/{id}/{decision:accept|decline}")
    String decide(@PathVariable("id") String id, @PathVariable("decision") String decision) {
        return afterwards(decision.equals("accept") ? memory.accept(id, WHO) : memory.decline(id, WHO));
    }

    @PostMapping("/qa/memory/{id}/undo")
    String undo(@PathVariable("id") String id) {
        return afterwards(memory.undo(id, WHO));
    }

    private static String afterwards(ChangeOutcome<?> outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done<?> _ -> Redirect.to("/qa/memory");
            case ChangeOutcome.Unknown<?> unknown -> throw PageRefusal.unknown(unknown.message());
            case ChangeOutcome.NotNow<?> notNow -> throw PageRefusal.conflict(notNow.message());
        };
    }

    @GetMapping("/qa/traces")
    String traces(@RequestParam(name = "run", required = false) @Nullable String runId, Model model) {
        List<Run> runs = investigations.completed(TRACES);
        model.addAttribute("runs", runs);
        model.addAttribute(
                "trace",
                runs.stream()
                        .filter(run -> runId == null || run.runId().equals(runId))
                        .findFirst()
                        .map(Run::result)
                        .map(Timeline::of)
                        .orElse(null));
        return "qa/traces";
    }

    @GetMapping("/qa/model")
    String model(Model model) {
        model.addAttribute("llm", reasoning.status());
        model.addAttribute("problem", reasoning.problem().orElse(null));
        model.addAttribute("calls", reasoning.log(CALLS));
        return "qa/model";
    }

    @GetMapping("/qa/sentiment")
    String sentiment(Model model) {
        model.addAttribute("texts", sentiment.newest(TEXTS));
        return "qa/sentiment";
    }

    @PostMapping("/qa/sentiment")
    String read(@RequestParam(name = "text", defaultValue = "") String text) {
        if (text.isBlank() || text.length() > LONGEST_TEXT) {
            throw PageRefusal.doesNotFit(
                    "A text to read has 1 to 20,000 characters; this one has %d.".formatted(text.length()));
        }
        sentiment.read(text, "QA Lab");
        return "redirect:/qa/sentiment";
    }

    @GetMapping("/qa/reset")
    String reset() {
        return "qa/reset";
    }

    @PostMapping("/qa/reset")
    String reset(@RequestParam(name = "word", defaultValue = "") String word, Model model) {
        if (!word.strip().equals(CONFIRMATION)) {
            model.addAttribute("wrong", true);
            return "qa/reset";
        }
        model.addAttribute("done", fresh.begin());
        return "qa/reset";
    }
}
