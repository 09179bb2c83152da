import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The rhythm of amounts that OpsIQ judges monthly billings by, on points of any step: by the point, by a quarter of a stretch and
 * by the stretch, of which a series has a hundred. As in books all points are known when one is judged.
 */
final class Rhythm implements Judge {

    private static final double DAY = 86_400;

    private final Statement engine;
    private final String alarms;

    Rhythm(Connection connection) throws SQLException, IOException {
        engine = connection.createStatement();
        engine.execute("set TimeZone = 'UTC'");
        engine.execute("create table clock (now timestamp, first_day date, last_day date)");
        for (String macro : statements(packaged("/io/opsiq/books/rhythms.sql"))) {
            engine.execute(macro);
        }
        alarms = Files.readString(Path.of(System.getProperty("bench.home"), "sql", "alarms.sql"));
    }

    private static String packaged(String resource) throws IOException {
        try (InputStream in = Rhythm.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String[] statements(String sql) {
        return sql.replaceAll("(?m)^--.*$", "").strip().split(";\\s*(\\n|$)");
    }

    @Override
    public String name() {
        return "rhythm";
    }

    @Override
    public double threshold() {
        return 3.5;
    }

    /** The table series holds the points. */
    @Override
    public double[] scores(Series series) {
        double[] scores = new double[series.size()];
        int stretch = Math.max(10, series.size() / 100);
        try {
            for (int step : new int[] {1, Math.max(1, stretch / 4), stretch}) {
                judge(series, step, scores);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(series.name(), e);
        }
        return scores;
    }

    private void judge(Series series, int step, double[] scores) throws SQLException {
        double seconds = step * stepOf(series);
        double days = (series.times()[series.size() - 1] - series.times()[0]) / DAY;
        boolean seasonal = days >= 5 && DAY / seconds >= 2;
        if (seasonal && step > 1) {
            seconds = DAY / Math.round(DAY / seconds); // so that steps begin at the same times every day
        }
        int reach = Math.max(3, series.size() / step / 20);
        Map<String, String> values = Map.of(
                "seconds", Double.toString(seconds),
                "points", Integer.toString(series.size()),
                "place", step == 1 ? "n" : "cast(floor(time / %s) as bigint)".formatted(seconds),
                "reach", Integer.toString(seasonal ? Math.max(reach, (int) (DAY / seconds)) : reach),
                "alike", Integer.toString(seasonal ? 4 : Integer.MAX_VALUE),
                "slot", seasonal ? slot(step, seconds, days) : "0");
        String sql = alarms;
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace("${" + value.getKey() + "}", value.getValue());
        }
        for (String statement : statements(sql)) {
            if (engine.execute(statement)) {
                keep(engine.getResultSet(), scores);
            }
        }
    }

    /** The time of day; with four weeks the weekday as well. */
    private static String slot(int step, double seconds, double days) {
        String begin = step == 1 ? "min(time)" : "(place * %s)".formatted(seconds);
        String ofDay = "cast(floor(%s %% 86400 / %s + 1e-6) as integer)".formatted(begin, seconds);
        return days < 28 ? ofDay : ofDay + " + 100000 * (cast(floor(%s / 86400 + 1e-6) as integer) %% 7)".formatted(begin);
    }

    private static double stepOf(Series series) {
        double[] steps = new double[series.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = series.times()[i + 1] - series.times()[i];
        }
        java.util.Arrays.sort(steps);
        return Math.max(1, steps[steps.length / 2]);
    }

    private static void keep(ResultSet rows, double[] scores) throws SQLException {
        while (rows.next()) {
            int n = rows.getInt(1);
            scores[n] = Math.max(scores[n], rows.getDouble(2));
        }
    }
}
