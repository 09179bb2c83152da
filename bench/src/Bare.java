import io.opsiq.detectors.Detector;
import io.opsiq.detectors.Pack;
import io.opsiq.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** What the engine does alone, in a process of its own. Prints lines {@code step,seconds}. */
final class Bare {

    private static final Path SQL = Path.of(System.getProperty("bench.home"), "sql");

    private final Statement engine;
    private final Map<String, String> values;

    private Bare(Statement engine, Map<String, String> values) {
        this.engine = engine;
        this.values = values;
    }

    /** Arguments: books, scan or detectors; the folder of the books; their format; a folder to work in; the number of invoices. */
    public static void main(String[] args) throws SQLException, IOException {
        Map<String, String> values = Map.of("books", args[1], "format", args[2], "invoices", args[4]);
        try (Connection connection = connect(Path.of(args[3]));
                Statement engine = connection.createStatement()) {
            engine.execute("set TimeZone = 'UTC'");
            Bare bare = new Bare(engine, values);
            switch (args[0]) {
                case "books" -> bare.timed("make books", () -> bare.runFile("books.sql"));
                case "scan" -> bare.timed("scan", () -> bare.runFile("scan.sql"));
                case "detectors" -> bare.detectors();
                default -> throw new IllegalArgumentException(args[0]);
            }
        }
    }

    /** The same limits as OpsIQ's own engine. */
    private static Connection connect(Path work) throws SQLException {
        EngineSettings defaults = EngineSettings.in(work);
        Properties options = new Properties();
        options.setProperty("memory_limit", System.getenv().getOrDefault("OPSIQ_MEMORY", defaults.memory()));
        options.setProperty(
                "threads", System.getenv().getOrDefault("OPSIQ_THREADS", Integer.toString(defaults.threads())));
        options.setProperty("temp_directory", work.resolve("spill").toString());
        return DriverManager.getConnection("jdbc:duckdb:", options);
    }

    private void detectors() throws SQLException, IOException {
        timed("load", () -> runFile("load.sql"));
        List<Detector> pack = Pack.shipped().detectors();
        timed("all detectors", () -> {
            for (Detector detector : pack) {
                timed("detect " + detector.id(), () -> find(detector));
            }
        });
    }

    private void find(Detector detector) throws SQLException {
        String query = detector.query();
        for (Map.Entry<String, Detector.Param> param : detector.params().entrySet()) {
            query = query.replaceAll(
                    "\\$" + param.getKey() + "\\b", param.getValue().value().toPlainString());
        }
        engine.execute("create table found_" + detector.id() + " as " + query);
    }

    private void runFile(String file) throws SQLException, IOException {
        for (String statement : Files.readString(SQL.resolve(file)).split(";\\s*\n")) {
            run(statement);
        }
    }

    private void run(String statement) throws SQLException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            statement = statement.replace("${" + value.getKey() + "}", value.getValue());
        }
        if (!statement.isBlank() && engine.execute(statement)) {
            try (ResultSet rows = engine.getResultSet()) {
                while (rows.next()) {}
            }
        }
    }

    private void timed(String step, Work work) throws SQLException, IOException {
        long begun = System.nanoTime();
        work.run();
        System.out.printf(Locale.ROOT, "%s,%.3f%n", step, (System.nanoTime() - begun) / 1e9);
    }

    private interface Work {
        void run() throws SQLException, IOException;
    }
}
