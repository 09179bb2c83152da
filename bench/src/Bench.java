import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes books with all leak types, lets OpsIQ and the bare engine work on them in turns, and prints what each took. */
final class Bench {

    private static final int STARTS = 5;
    private static final String SCAN = "bare scan with its process";
    private static final String RUN = "opsiq run";
    private static final String FINDINGS = "opsiq run: books to findings";
    private static final Set<String> AFTER_FINDINGS =
            Set.of("open cases", "decide actions", "evaluate", "word the result");

    private final String launcher;
    private final Path folder;
    private final String customers;
    private final String format;
    private final int rounds;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpuSeconds = new LinkedHashMap<>();
    private final Map<String, Long> peaks = new LinkedHashMap<>();
    private long rows;
    private long cases;

    private Bench(String launcher, Path folder, String customers, String format, int rounds) {
        this.launcher = launcher;
        this.folder = folder;
        this.customers = customers;
        this.format = format;
        this.rounds = rounds;
    }

    /** Arguments: the launcher, the number of customers, the folder, parquet or csv, the number of rounds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Bench bench =
                new Bench(args[0], Path.of(args[2]).toAbsolutePath(), args[1], args[3], Integer.parseInt(args[4]));
        bench.makeBooks();
        for (int round = 0; round < bench.rounds; round++) {
            bench.scan();
            bench.run();
        }
        bench.start();
        bench.report();
    }

    private Path books() {
        return folder.resolve("books-" + format);
    }

    /** The same books for the same number of customers; those that are there stay. */
    private void makeBooks() throws IOException, InterruptedException {
        if (!Files.exists(books().resolve(".truth"))) {
            Files.createDirectories(folder);
            Measured seeded = Measured.of(
                    folder.resolve("seed.txt"),
                    List.of(
                            launcher, "seed", books().toString(), "--customers", customers, "--months", "24", "--seed",
                            "7", "--format", format));
            keepWhole("opsiq seed", seeded);
        }
    }

    private void scan() throws IOException, InterruptedException {
        Path work = fresh("work");
        Files.createDirectories(work);
        Measured measured = Measured.of(
                folder.resolve("scan.csv"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "Bare",
                        books().toString(),
                        work.toString()));
        keepWhole(SCAN, measured);
        measured.output().lines().map(line -> line.split(",")).forEach(step -> {
            keep("bare: " + step[0], Double.parseDouble(step[1]));
        });
    }

    private void keepWhole(String name, Measured measured) {
        keep(name, measured.seconds());
        cpuSeconds.computeIfAbsent(name, key -> new ArrayList<>()).add(measured.cpuSeconds());
        peaks.merge(name, measured.peakMiB(), Math::max);
    }

    private void keep(String name, double took) {
        seconds.computeIfAbsent(name, key -> new ArrayList<>()).add(took);
    }

    private void run() throws IOException, InterruptedException {
        Measured measured = opsiq("run.json", "run", "--json", "--data", books().toString());
        keepWhole(RUN, measured);
        JsonNode run = JsonMapper.shared().readTree(measured.output());
        cases = run.path("summary").path("case_count").asLong();
        double findings = 0;
        for (JsonNode step : run.path("trace").path("steps")) {
            String name = step.path("name").asString();
            double took = step.path("duration_ms").asLong() / 1e3;
            keep("opsiq run: " + name, took);
            findings += AFTER_FINDINGS.contains(name) ? 0 : took;
            if (name.equals("read books")) {
                rows = step.path("rows").asLong();
            }
        }
        keep(FINDINGS, findings);
    }

    private Measured opsiq(String out, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", fresh("state").toString()));
        return Measured.of(folder.resolve(out), command);
    }

    /** What a small run costs: starting, mostly. The first start only warms the cache of files. */
    private void start() throws IOException, InterruptedException {
        Path demo = fresh("demo-books");
        Measured.of(folder.resolve("seed.txt"), List.of(launcher, "seed", demo.toString()));
        opsiq("start.txt", "run", "--data", demo.toString());
        for (int i = 0; i < STARTS; i++) {
            keepWhole("opsiq run on the demo books", opsiq("start.txt", "run", "--data", demo.toString()));
        }
    }

    private Path fresh(String name) throws IOException {
        Path path = folder.resolve(name);
        if (Files.exists(path)) {
            try (Stream<Path> paths = Files.walk(path)) {
                for (Path each :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        return path;
    }

    private void report() {
        print(
                "%n| %s customers, 24 months as %s, %,d rows, rounds: %d | median s | min s | max s | CPU s | peak MiB |",
                customers, format, rows, rounds);
        print("|---|---:|---:|---:|---:|---:|");
        seconds.forEach((name, all) -> {
            String whole = cpuSeconds.containsKey(name)
                    ? "%.2f | %d".formatted(median(cpuSeconds.get(name)), peaks.get(name))
                    : "|";
            print("| %s | %.2f | %.2f | %.2f | %s |", name, median(all), least(all), most(all), whole);
        });
        print(
                "%nBooks to findings against the bare scan: %.1f times its time.",
                median(seconds.get(FINDINGS)) / median(seconds.get("bare: scan")));
        List<Double> runs = seconds.get(RUN);
        List<Double> scans = seconds.get("bare: scan");
        print(
                "%n`opsiq run` against the bare scan: %.1f times its time (the least disturbed of each: %.1f times), "
                        + "%.1f times its CPU time, processes included. %,.0f rows a second, %,d cases.",
                median(runs) / median(scans),
                least(runs) / least(scans),
                median(cpuSeconds.get(RUN)) / median(cpuSeconds.get(SCAN)),
                rows / median(runs),
                cases);
    }

    private static double median(List<Double> all) {
        return all.stream().sorted().skip((all.size() - 1) / 2).findFirst().orElseThrow();
    }

    private static double least(List<Double> all) {
        return all.stream().min(Double::compare).orElseThrow();
    }

    private static double most(List<Double> all) {
        return all.stream().max(Double::compare).orElseThrow();
    }

    private static void print(String line, Object... values) {
        System.out.printf(Locale.ROOT, line + "%n", values);
    }
}
