package io.opsiq.analyst;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.books.Snapshots;
import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineSettings;
import io.opsiq.reasoning.Reasoning;
import io.opsiq.reasoning.ReasoningSettings;
import io.opsiq.reasoning.ScriptedModel;
import io.opsiq.seed.DemoBooks;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.sources.SourceFolder;
import io.opsiq.state.State;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWordingTest {

    private static final Clock WALL = Clock.systemUTC();
    private static final String QUESTION = "Show me refund data by region";

    @TempDir
    Path folder;

    private Path books;
    private State state;

    @BeforeEach
    void seed() {
        books = folder.resolve("books");
        new DemoBooks(WALL).write(books);
        state = State.open(folder.resolve("state"));
    }

    @Test
    void a_good_model_words_the_answer_and_leaves_the_numbers_alone() {
        Answer plain = ask(Map.of());
        try (ScriptedModel model =
                ScriptedModel.start().otherwise(ScriptedModel.good("Refunds differ between regions."))) {
            Answer worded = ask(model.settings());

            assertThat(worded.answer()).isEqualTo("Refunds differ between regions.");
            assertThat(worded.wordedBy()).isEqualTo("model");
            assertThat(worded.rows()).isEqualTo(plain.rows());
            assertThat(worded.sqlUsed()).isEqualTo(plain.sqlUsed());
            assertThat(worded.chartData()).isEqualTo(plain.chartData());
            assertThat(plain.followUps()).containsAll(worded.followUps());
            assertThat(model.requests())
                    .singleElement()
                    .satisfies(request -> assertThat(request.words()).doesNotContain("EMEA"));
        }
    }

    @Test
    void what_the_result_lacks_is_not_said() {
        Answer plain = ask(Map.of());
        try (ScriptedModel model = ScriptedModel.start()
                .otherwise(ScriptedModel.good("APAC refunded USD 77,777.00 because of Initech."))) {
            Answer worded = ask(model.settings());

            assertThat(worded.answer()).isEqualTo(plain.answer());
            assertThat(worded.wordedBy()).isEqualTo("rules");
        }
    }

    private Answer ask(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put("OPSIQ_LLM_SECONDS", "2");
        EngineSettings engine = new EngineSettings(folder.resolve("work"), "500MB", 2);
        Analyst analyst = new Analyst(
                state,
                new Snapshots(folder.resolve("snapshots"), engine, WALL),
                new Cases(state, WALL, new Sentiment()),
                WALL,
                () -> Optional.of(new Subject(SourceFolder.of(books), null, false)),
                new Reasoning(
                        ReasoningSettings.of(name -> Optional.ofNullable(settings.get(name))), () -> state, WALL));
        return ((Reply.Answered) analyst.ask(Question.of(QUESTION))).answer();
    }
}
