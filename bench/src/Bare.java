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
import java.util.Properties;
import java.util.stream.Stream;

/** The engine alone reads every value of every table once, in a process of its own. Prints a line {@code scan,seconds}. */
final class Bare {

    private Bare() {}

    /** Arguments: the folder of the books; a folder to work in. */
    public static void main(String[] args) throws SQLException, IOException {
        List<Path> tables = tables(Path.of(args[0]));
        try (Connection connection = connect(Path.of(args[1]));
                Statement engine = connection.createStatement()) {
            engine.execute("set TimeZone = 'UTC'");
            long begun = System.nanoTime();
            for (Path table : tables) {
                scan(table, engine);
            }
            System.out.printf(Locale.ROOT, "scan,%.3f%n", (System.nanoTime() - begun) / 1e9);
        }
    }

    private static List<Path> tables(Path books) throws IOException {
        try (Stream<Path> files = Files.list(books)) {
            return files.filter(file -> file.getFileName().toString().matches("\\w+\\.(csv|parquet)"))
                    .sorted()
                    .toList();
        }
    }

    /** The hashes only keep the engine from leaving a column out. */
    private static void scan(Path table, Statement engine) throws SQLException {
        try (ResultSet hashes = engine.executeQuery(
                "select bit_xor(hash(columns(*))) from '" + table.toString().replace("'", "''") + "'")) {
            hashes.next();
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
}
