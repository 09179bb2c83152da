import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes books, lets OpsIQ and the bare engine work on them in turns, and prints what each took. */
final class Bench {

    private static final int STARTS = 5;
    private static final String SCAN = "bare scan with its process";
    private static final String RUN = "opsiq run";

    private final String launcher;
    private final Path folder;
    private final String invoices;
    private final String format;
    private final int rounds;
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Map<String, List<Double>> cpuSeconds = new LinkedHashMap<>();
    private final Map<String, Long> peaks = new LinkedHashMap<>();
    private long rows;
    private long cases;

    private Bench(String launcher, Path folder, String invoices, String format, int rounds) {
        this.launcher = launcher;
        this.folder = folder;
        this.invoices = invoices;
        this.format = format;
        this.rounds = rounds;
    }

    /** Arguments: the launcher, the number of invoices, the folder, parquet or csv, the number of rounds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Bench bench =
                new Bench(args[0], Path.of(args[2]).toAbsolutePath(), args[1], args[3], Integer.parseInt(args[4]));
        bench.makeBooks();
        for (int round = 0; round < bench.rounds; round++) {
            bench.scan();
            bench.run();
            bench.detectors();
        }
        bench.start();
        bench.report();
    }

    private Path books() {
        return folder.resolve("books-" + format);
    }

    private void makeBooks() throws IOException, InterruptedException {
        Files.createDirectories(books());
        bare("books");
    }

    private void scan() throws IOException, InterruptedException {
        Measured measured = bare("scan");
        keepWhole(SCAN, measured);
        keepSteps("bare", measured);
    }

    private void detectors() throws IOException, InterruptedException {
        Measured measured = bare("detectors");
        keepWhole("bare load and detectors", measured);
        keepSteps("bare", measured);
    }

    private Measured bare(String what) throws IOException, InterruptedException {
        Path work = fresh("work");
        Files.createDirectories(work);
        return Measured.of(
                folder.resolve(what + ".csv"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dbench.home=" + System.getProperty("bench.home"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "Bare",
                        what,
                        books().toString(),
                        format,
                        work.toString(),
                        invoices));
    }

    private void keepWhole(String name, Measured measured) {
        keep(name, measured.seconds());
        cpuSeconds.computeIfAbsent(name, key -> new ArrayList<>()).add(measured.cpuSeconds());
        peaks.merge(name, measured.peakMiB(), Math::max);
    }

    private void keepSteps(String name, Measured measured) {
        measured.output().lines().map(line -> line.split(",")).forEach(step -> {
            keep(name + ": " + step[0], Double.parseDouble(step[1]));
        });
    }

    private void keep(String name, double took) {
        seconds.computeIfAbsent(name, key -> new ArrayList<>()).add(took);
    }

    private void run() throws IOException, InterruptedException {
        Measured measured = opsiq("run.json", "run", "--json", "--data", books().toString());
        keepWhole(RUN, measured);
        JsonNode run = JsonMapper.shared().readTree(measured.output());
        cases = run.path("summary").path("case_count").asLong();
        for (JsonNode step : run.path("trace").path("steps")) {
            keep(
                    "opsiq run: " + step.path("name").asString(),
                    step.path("duration_ms").asLong() / 1e3);
            if (step.path("name").asString().equals("read books")) {
                rows = step.path("rows").asLong();
            }
        }
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
                "%n| %s invoices as %s, %,d rows, rounds: %d | median s | min s | max s | CPU s | peak MiB |",
                invoices, format, rows, rounds);
        print("|---|---:|---:|---:|---:|---:|");
        seconds.forEach((name, all) -> {
            String whole = cpuSeconds.containsKey(name)
                    ? "%.2f | %d".formatted(median(cpuSeconds.get(name)), peaks.get(name))
                    : "|";
            print("| %s | %.2f | %.2f | %.2f | %s |", name, median(all), least(all), most(all), whole);
        });
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
