package io.opsiq.reasoning;

import java.io.Serial;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the operator set: which model, how much of it, and whether names may leave the machine. */
public final class ReasoningSettings {

    private final @Nullable Provider provider;
    private final @Nullable String problem;
    private final boolean names;
    private final Limits limits;

    private ReasoningSettings(@Nullable Provider provider, @Nullable String problem, boolean names, Limits limits) {
        this.provider = provider;
        this.problem = problem;
        this.names = names;
        this.limits = limits;
    }

    /**
     * Groq where its key is set, else OpenAI or what speaks like it, else none. A key or an address that cannot be used does not
     * stop OpsIQ: the rules decide then, and {@code opsiq llm check} says why.
     *
     * @throws IllegalArgumentException for a limit that is no number
     */
    public static ReasoningSettings of(Function<String, Optional<String>> setting) {
        boolean names =
                setting.apply("OPSIQ_LLM_NAMES").map("true"::equalsIgnoreCase).orElse(false);
        Limits limits = limits(setting);
        try {
            return new ReasoningSettings(provider(setting), null, names, limits);
        } catch (UnusableSetting e) {
            return new ReasoningSettings(null, e.getMessage(), names, limits);
        }
    }

    private static @Nullable Provider provider(Function<String, Optional<String>> setting) {
        if (setting.apply("GROQ_API_KEY").isPresent()) {
            return provider("GROQ", "https://api.groq.com/openai/v1", "llama-3.3-70b-versatile", setting);
        }
        if (setting.apply("OPENAI_API_KEY").isPresent()) {
            return provider("OPENAI", "https://api.openai.com/v1", "gpt-4o-mini", setting);
        }
        return null;
    }

    private static Provider provider(
            String prefix, String base, String model, Function<String, Optional<String>> setting) {
        String key = setting.apply(prefix + "_API_KEY").orElseThrow().strip();
        if (!key.matches("[!-~]{1,500}")) {
            throw new UnusableSetting(
                    prefix + "_API_KEY holds blanks or characters that no key has. Maybe copy it again.");
        }
        return new Provider(
                prefix.toLowerCase(Locale.ROOT),
                base(prefix + "_BASE_URL", setting.apply(prefix + "_BASE_URL").orElse(base)),
                setting.apply(prefix + "_MODEL").orElse(model).strip(),
                new ApiKey(key));
    }

    private static URI base(String name, String value) {
        try {
            URI base = URI.create(value.strip().replaceFirst("/+$", ""));
            if (base.getHost() != null
                    && String.valueOf(base.getScheme()).matches("(?i)https?")
                    && base.getRawQuery() == null
                    && base.getRawFragment() == null
                    && base.getRawUserInfo() == null) {
                return base;
            }
        } catch (IllegalArgumentException e) {
            // said below, without the value: it may hold a password
        }
        throw new UnusableSetting(name + " is no address of a server. Maybe write it like https://host/v1.");
    }

    private static Limits limits(Function<String, Optional<String>> setting) {
        Limits defaults = Limits.DEFAULT;
        return defaults.withDecision(seconds(setting, "OPSIQ_LLM_SECONDS", defaults.decision()))
                .withRun(
                        seconds(setting, "OPSIQ_LLM_RUN_SECONDS", defaults.run()),
                        number(setting, "OPSIQ_LLM_CALLS", defaults.calls()),
                        number(setting, "OPSIQ_LLM_TOKENS", defaults.tokens()));
    }

    private static Duration seconds(Function<String, Optional<String>> setting, String name, Duration otherwise) {
        return Duration.ofSeconds(number(setting, name, (int) otherwise.toSeconds()));
    }

    private static int number(Function<String, Optional<String>> setting, String name, int otherwise) {
        Optional<String> value = setting.apply(name).map(String::strip);
        if (value.isPresent() && !value.get().matches("[1-9]\\d{0,6}")) {
            throw new IllegalArgumentException(
                    name + " is '" + value.get() + "'. Maybe write a number like " + otherwise + ".");
        }
        return value.map(Integer::valueOf).orElse(otherwise);
    }

    /** With other limits; for tests. */
    ReasoningSettings within(Limits other) {
        return new ReasoningSettings(provider, problem, names, other);
    }

    @Nullable
    Provider provider() {
        return provider;
    }

    /** Why a key that is set is not used; null when nothing is wrong. */
    @Nullable
    String problem() {
        return problem;
    }

    boolean names() {
        return names;
    }

    Limits limits() {
        return limits;
    }

    /** A setting that the port cannot work with; its message never holds the value. */
    private static final class UnusableSetting extends RuntimeException {

        @Serial
        private static final long serialVersionUID = 1L;

        UnusableSetting(String message) {
            super(message);
        }
    }
}
