import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Lets the rhythm and what it is compared with judge every labelled series of a folder, and prints what each found. */
final class SeriesBench {

    private final Path folder;
    private final Connection connection;
    private final List<Judge> judges;
    private final List<String> names = new ArrayList<>();
    private final List<List<double[]>> scores = new ArrayList<>();
    private final List<Series> all = new ArrayList<>();

    private SeriesBench(Path folder, Connection connection) throws SQLException, IOException {
        this.folder = folder;
        this.connection = connection;
        judges = List.of(new Rhythm(connection), new Gaussian(), new Forest(true), new Forest(false));
        judges.forEach(judge -> {
            names.add(judge.name());
            scores.add(new ArrayList<>());
        });
    }

    /** Argument: the folder. */
    public static void main(String[] args) throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
            SeriesBench bench = new SeriesBench(Path.of(args[0]), connection);
            bench.judgeAll();
            bench.printFiles();
            bench.printTotals();
        }
    }

    private void judgeAll() throws SQLException, IOException {
        Path data = Files.isDirectory(folder.resolve("data")) ? folder.resolve("data") : folder;
        Map<String, List<double[]>> labels = labels();
        List<Path> files;
        try (Stream<Path> found = Files.walk(data)) {
            files = found.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
        }
        for (Path file : files) {
            String name = data.relativize(file).toString().replace('\\', '/');
            List<double[]> windows = labels.get(name);
            if (windows == null) {
                System.err.println(name + ": no labels, left out");
                continue;
            }
            Series series = read(file, name, windows);
            all.add(series);
            for (int i = 0; i < judges.size(); i++) {
                scores.get(i).add(judges.get(i).scores(series));
            }
        }
    }

    private Map<String, List<double[]>> labels() throws IOException {
        Map<String, List<double[]>> labels = new HashMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("labels"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json")).sorted().toList()) {
                JsonNode document = JsonMapper.shared().readTree(Files.readString(file));
                document.propertyNames().forEach(name -> {
                    JsonNode windows = document.get(name);
                    if (windows.isEmpty() || windows.get(0).isArray()) {
                        labels.put(name, windows(windows));
                    }
                });
            }
        }
        return labels;
    }

    private static List<double[]> windows(JsonNode pairs) {
        List<double[]> windows = new ArrayList<>();
        pairs.forEach(pair ->
                windows.add(new double[] {seconds(pair.get(0).asString()), seconds(pair.get(1).asString())}));
        return windows;
    }

    private static double seconds(String moment) {
        return LocalDateTime.parse(moment.strip().replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli() / 1000.0;
    }

    private Series read(Path file, String name, List<double[]> windows) throws SQLException {
        String sql = """
                create or replace table series as
                select row_number() over () - 1 as n, epoch(timestamp) as time, value
                from read_csv('%s', header = true, columns = {'timestamp': 'timestamp', 'value': 'double'})
                """.formatted(file.toString().replace("'", "''"));
        try (PreparedStatement load = connection.prepareStatement(sql)) {
            load.execute();
        }
        List<double[]> points = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("select time, value from series order by n");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                points.add(new double[] {rows.getDouble(1), rows.getDouble(2)});
            }
        }
        return new Series(
                name,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray(),
                windows);
    }

    private void printFiles() {
        System.out.println("Windows found / windows / false alarms, each at its usual threshold:\n");
        System.out.println("| file | " + String.join(" | ", names) + " |");
        System.out.println("|---|" + "---:|".repeat(names.size()));
        for (int s = 0; s < all.size(); s++) {
            StringBuilder line = new StringBuilder("| " + all.get(s).name() + " |");
            for (int j = 0; j < judges.size(); j++) {
                Tally tally = Tally.of(all.get(s), scores.get(j).get(s), judges.get(j).threshold());
                line.append(" %d / %d / %d |".formatted(tally.found(), tally.windows(), tally.falseAlarms()));
            }
            System.out.println(line);
        }
    }

    private void printTotals() {
        System.out.println("\n| | threshold | found | false alarms | precision | recall | F1 |");
        System.out.println("|---|---:|---:|---:|---:|---:|---:|");
        for (int j = 0; j < judges.size(); j++) {
            print(names.get(j), "%.2f".formatted(judges.get(j).threshold()), total(j, judges.get(j).threshold(), -1));
            double best = best(j, -1);
            print(names.get(j) + ", best in hindsight", "%.2f".formatted(best), total(j, best, -1));
            print(names.get(j) + ", chosen on the other files", "", leftOut(j));
        }
    }

    private static void print(String name, String threshold, Tally tally) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d of %d | %d | %.2f | %.2f | **%.2f** |%n",
                name,
                threshold,
                tally.found(),
                tally.windows(),
                tally.falseAlarms(),
                tally.precision(),
                tally.recall(),
                tally.f1());
    }

    /** Of all series but one. */
    private Tally total(int judge, double threshold, int without) {
        Tally total = new Tally(0, 0, 0);
        for (int s = 0; s < all.size(); s++) {
            total = s == without ? total : total.plus(Tally.of(all.get(s), scores.get(judge).get(s), threshold));
        }
        return total;
    }

    /** The threshold with which a judge does best on all series but one. */
    private double best(int judge, int without) {
        double best = judges.get(judge).threshold();
        double bestF1 = -1;
        for (double threshold : candidates(judge)) {
            double f1 = total(judge, threshold, without).f1();
            if (f1 > bestF1) {
                bestF1 = f1;
                best = threshold;
            }
        }
        return best;
    }

    /** Each series is judged by the threshold that was best on the others. */
    private Tally leftOut(int judge) {
        Tally total = new Tally(0, 0, 0);
        for (int s = 0; s < all.size(); s++) {
            total = total.plus(Tally.of(all.get(s), scores.get(judge).get(s), best(judge, s)));
        }
        return total;
    }

    /** Thresholds from the largest scores there are: 60 steps through the upper end of each series. */
    private TreeSet<Double> candidates(int judge) {
        TreeSet<Double> candidates = new TreeSet<>();
        double highest = scores.get(judge).stream()
                .flatMapToDouble(java.util.Arrays::stream)
                .max()
                .orElse(1);
        for (double threshold = Math.min(highest, 20); threshold > 0.05; threshold *= 0.96) {
            candidates.add(threshold);
        }
        return candidates;
    }
}
