package io.opsiq.detectors;

import io.opsiq.detectors.Detector.Param;
import io.opsiq.detectors.Detector.SeverityFrom;
import io.opsiq.detectors.DetectorYaml.MoneyYaml;
import io.opsiq.detectors.DetectorYaml.ParamYaml;
import io.opsiq.detectors.DetectorYaml.Term;
import io.opsiq.packaged.Packaged;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads one detector's folder and says everything that is wrong with it. */
final class DetectorFolder {

    private final Path folder;
    private final String name;
    private final List<String> complaints = new ArrayList<>();

    DetectorFolder(Path folder) {
        this.folder = folder;
        this.name = folder.getFileName().toString().replace("/", "");
    }

    /** The detector; empty when there are complaints. */
    Optional<Detector> read() {
        DetectorYaml yaml = yaml();
        String query = text("query.sql");
        String evidence = text("evidence.sql");
        String triage = text("triage.md");
        if (yaml == null) {
            return Optional.empty();
        }
        Detector detector = new Detector(
                required("id", yaml.id(), ""),
                required("name", yaml.name(), ""),
                required("title", yaml.title(), ""),
                required("leak", yaml.leak(), ""),
                required("maturity", yaml.maturity(), Detector.Maturity.EXPERIMENTAL),
                yaml.phase() == null ? Detector.Phase.FACTS : yaml.phase(),
                required("prior_precision", yaml.priorPrecision(), BigDecimal.ONE),
                severities(yaml),
                required("requires", yaml.requires(), Map.of()),
                orEmpty(yaml.oneOf()),
                params(yaml),
                required("entity", yaml.entity(), List.of()),
                required("fingerprint", yaml.fingerprint(), List.of()),
                orEmpty(yaml.counts()),
                yaml.shares(),
                orEmpty(yaml.specificOver()),
                money(yaml).kind(),
                money(yaml).recurring(),
                money(yaml).inTotals(),
                orEmpty(yaml.features()),
                orEmpty(yaml.causes()),
                required("evidence", yaml.evidence(), List.of()),
                required("false_positives", yaml.falsePositives(), List.of()),
                orEmpty(yaml.knownGaps()),
                orEmpty(yaml.assumptions()),
                required("recommended_action", yaml.recommendedAction(), ""),
                orEmpty(yaml.references()),
                query,
                evidence,
                triage,
                folder);
        check(detector);
        return complaints.isEmpty() ? Optional.of(detector) : Optional.empty();
    }

    List<String> complaints() {
        return complaints;
    }

    private void check(Detector detector) {
        complainIf(!detector.id().equals(name), "its id '" + detector.id() + "' differs from its folder's name");
        complainIf(
                detector.falsePositives().isEmpty(),
                "false_positives says nothing: name at least one honest way to be wrong");
        complainIf(
                detector.prior().signum() <= 0 || detector.prior().compareTo(BigDecimal.ONE) > 0,
                "prior_precision must lie above 0 and up to 1");
        complainIf(
                detector.inTotals() && detector.counts().isEmpty(),
                "counts is missing: say which records' money it counts, or set money.totals to false");
        complainIf(
                detector.shares() != null && detector.counts().size() != 1,
                "shares names the amounts of the counted ids, so counts must name one kind of record");
        complainIf(
                detector.severities().isEmpty()
                        || detector.severities().getFirst().from().signum() != 0,
                "severity must begin with {from: 0}");
        detector.params().forEach(this::check);
        NamedParameters.in(detector.query()).names().stream()
                .distinct()
                .filter(name -> !detector.params().containsKey(name))
                .forEach(name ->
                        complaints.add(this.name + ": query.sql names $" + name + ", which params does not have"));
    }

    private void check(String param, Param limit) {
        complainIf(
                limit.value().compareTo(limit.min()) < 0 || limit.value().compareTo(limit.max()) > 0,
                "the default of " + param + " lies outside min and max");
        complainIf(limit.step().signum() <= 0, "the step of " + param + " must be above 0");
    }

    private void complainIf(boolean wrong, String complaint) {
        if (wrong) {
            complaints.add(name + ": " + complaint);
        }
    }

    private <T> T required(String key, @Nullable T value, T instead) {
        complainIf(value == null, "detector.yaml has no " + key);
        return value == null ? instead : value;
    }

    private static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }

    private record MoneyTerms(Detector.MoneyKind kind, boolean recurring, boolean inTotals) {}

    /** Unless it says otherwise money is lost, once, and counts in totals. */
    private static MoneyTerms money(DetectorYaml yaml) {
        MoneyYaml money = yaml.money() == null ? new MoneyYaml(null, null, null) : yaml.money();
        return new MoneyTerms(
                money.kind() == null ? Detector.MoneyKind.LOST : money.kind(),
                money.term() == Term.RECURRING,
                money.totals() == null || money.totals());
    }

    private static List<SeverityFrom> severities(DetectorYaml yaml) {
        return orEmpty(yaml.severity()).stream()
                .map(step -> new SeverityFrom(step.from(), step.level()))
                .toList();
    }

    private Map<String, Param> params(DetectorYaml yaml) {
        Map<String, Param> params = new LinkedHashMap<>();
        orEmpty(yaml.params()).forEach((key, param) -> params.put(key, param(key, param)));
        return params;
    }

    private Param param(String key, ParamYaml yaml) {
        complainIf(
                yaml.learnable() && (yaml.min() == null || yaml.max() == null),
                "the learnable limit " + key + " has no min and max");
        BigDecimal value = required("default for " + key, yaml.value(), BigDecimal.ZERO);
        return new Param(
                value,
                yaml.min() == null ? value : yaml.min(),
                yaml.max() == null ? value : yaml.max(),
                yaml.step() == null ? BigDecimal.ONE : yaml.step(),
                yaml.unit() == null ? "" : yaml.unit(),
                yaml.learnable(),
                yaml.about() == null ? "" : yaml.about());
    }

    private String text(String file) {
        Path path = folder.resolve(file);
        boolean there = Files.exists(path);
        complainIf(!there, file + " is missing");
        return there ? Packaged.text(path) : "";
    }

    private @Nullable DetectorYaml yaml() {
        try {
            return YamlFiles.MAPPER.readValue(text("detector.yaml"), DetectorYaml.class);
        } catch (JacksonException e) {
            complaints.add(name + ": detector.yaml cannot be read: " + YamlFiles.problem(e));
            return null;
        }
    }
}
