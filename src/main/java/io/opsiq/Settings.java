package io.opsiq;

import io.opsiq.engine.EngineSettings;
import io.opsiq.reasoning.ReasoningSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the environment says, and below it the file {@code .env} of the working folder. */
public final class Settings {

    /** Folder of the user's own detectors. */
    public static final String DETECTORS = "OPSIQ_DETECTORS";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values;
    }

    /** The environment's settings. */
    public static Settings ofEnvironment() {
        Map<String, String> values = new HashMap<>(read(Path.of(".env")));
        values.putAll(System.getenv());
        return new Settings(values);
    }

    /** These and no others; for tests. */
    static Settings of(Map<String, String> values) {
        return new Settings(Map.copyOf(values));
    }

    /** Lines {@code NAME=value}; blank lines and those that begin with # are passed over, quotes around a value fall away. */
    static Map<String, String> read(Path file) {
        Map<String, String> values = new HashMap<>();
        if (!Files.isRegularFile(file)) {
            return values;
        }
        try {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.stripLeading().startsWith("#")) {
                    String value = line.substring(equals + 1).strip();
                    values.put(
                            line.substring(0, equals).strip().replaceFirst("^export\\s+", ""),
                            value.replaceFirst("^([\"'])(.*)\\1$", "$2"));
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** The same but for this one. */
    public Settings with(String name, String value) {
        Map<String, String> changed = new HashMap<>(values);
        changed.put(name, value);
        return new Settings(changed);
    }

    /** A setting that is there and not blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    /** The engine's share of the machine: {@code OPSIQ_MEMORY}, such as 1536MB or 4GB, and {@code OPSIQ_THREADS}. */
    EngineSettings engine(Path folder) {
        EngineSettings defaults = EngineSettings.in(folder);
        return new EngineSettings(
                folder,
                get("OPSIQ_MEMORY").map(Settings::memory).orElse(defaults.memory()),
                get("OPSIQ_THREADS").map(Settings::threads).orElse(defaults.threads()));
    }

    /** The language model: {@code GROQ_…} or {@code OPENAI_…}, and its limits, {@code OPSIQ_LLM_…}. */
    ReasoningSettings reasoning() {
        return ReasoningSettings.of(this::get);
    }

    private static String memory(String value) {
        if (!value.matches("(?i)[1-9]\\d*\\s*(MB|GB|MiB|GiB)")) {
            throw new IllegalArgumentException("OPSIQ_MEMORY is '" + value + "'. Maybe write it like 1536MB or 4GB.");
        }
        return value;
    }

    private static int threads(String value) {
        if (!value.matches("[1-9]\\d{0,3}")) {
            throw new IllegalArgumentException("OPSIQ_THREADS is '" + value + "'. Maybe write a number like 4.");
        }
        return Integer.parseInt(value);
    }
}
