package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.reasoning.ScriptedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, since the key comes from the environment. */
class LlmCommandTest {

    @TempDir
    Path folder;

    private final ScriptedModel model = ScriptedModel.start();

    @Test
    void check_says_who_answered_how_fast_and_whether_strictly() throws Exception {
        try (model) {
            model.then(ScriptedModel.says("{\"colour\": \"green\"}"));

            assertThat(opsiq(model.settings(), "llm", "check")).isZero();

            assertThat(output())
                    .contains("Provider: groq   Model: scripted", model.baseUrl(), "100 in, 20 out", "Schemas: strict")
                    .containsPattern("Latency: \\d+ ms")
                    .doesNotContain(ScriptedModel.KEY, "SLF4J");
        }
    }

    @Test
    void check_says_when_answers_are_held_to_no_schema() throws Exception {
        try (model) {
            model.otherwise(ScriptedModel.knowingOnly("json_object", "{\"colour\": \"green\"}"));

            assertThat(opsiq(model.settings(), "llm", "check")).isZero();

            assertThat(output()).contains("Schemas: not strict");
        }
    }

    @Test
    void check_fails_with_what_to_do_when_the_key_is_refused() throws Exception {
        try (model) {
            model.otherwise(
                    ScriptedModel.answers(401, "{\"error\": {\"message\": \"bad " + ScriptedModel.KEY + "\"}}"));

            assertThat(opsiq(model.settings(), "llm", "check")).isEqualTo(1);

            assertThat(output())
                    .contains("refused the key", "Maybe GROQ_API_KEY")
                    .doesNotContain(ScriptedModel.KEY);
        }
    }

    @Test
    void check_without_a_key_names_the_variables_and_loads_no_client() throws Exception {
        Path loaded = folder.resolve("loaded");
        assertThat(opsiq(Map.of(), List.of("-Xlog:class+load:file=" + loaded), "llm", "check"))
                .isEqualTo(1);

        assertThat(output()).contains("GROQ_API_KEY", "OPENAI_API_KEY", ".env");
        assertThat(Files.readString(loaded))
                .contains("io.opsiq.reasoning.Reasoning")
                .doesNotContain("dev.langchain4j");
    }

    private int opsiq(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        return opsiq(environment, List.of(), arguments);
    }

    private int opsiq(Map<String, String> environment, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--state", folder.resolve("state").toString()));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(Files.createDirectories(folder.resolve("cwd")).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("GROQ_") || name.startsWith("OPENAI_"));
        process.environment().putAll(environment);
        return process.start().waitFor();
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("output"));
    }
}
