import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that was run to its end.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of all its threads, which other work on the machine does not stretch; 0 where unknown
 * @param peakMiB the most memory that it held at once as Linux tells it (VmHWM, asked 50 times a second); 0 elsewhere
 * @param output what it printed
 */
record Measured(double seconds, double cpuSeconds, long peakMiB, String output) {

    /** Runs the command; its output goes to this file first. Fails when the command does. */
    static Measured of(Path out, List<String> command) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long peak = 0;
        Duration cpu = Duration.ZERO;
        while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, peakKiB(process.pid()));
            cpu = process.info().totalCpuDuration().orElse(cpu);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
        return new Measured(seconds, cpu.toMillis() / 1e3, peak / 1024, Files.readString(out));
    }

    private static long peakKiB(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }
}
