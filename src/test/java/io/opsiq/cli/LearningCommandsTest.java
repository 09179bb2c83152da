package io.opsiq.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.OpsIQ;
import io.opsiq.Settings;
import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.investigation.RunRequest;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.RefundBooks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was learned from a round of verdicts, at the command line. */
class LearningCommandsTest {

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @Test
    void what_was_learned_is_shown_compared_and_taken_back() throws IOException {
        RefundBooks books = new RefundBooks(300, 10);
        books.write(folder.resolve("books"));
        OpsIQ opsiq = new OpsIQ(folder.resolve("state"), Clock.systemUTC(), Settings.ofEnvironment());
        RunRequest served = RunRequest.of(folder.resolve("books"), null, null);
        String first = opsiq.investigations().run(served, what -> {}).runId();
        opsiq.verdicts()
                .giveAll(opsiq.cases().list(CaseQuery.all()).cases().stream()
                        .limit(50)
                        .map(each -> FeedbackGiven.onCase(each.caseId(), truth(books, each), null, "ana"))
                        .toList());
        String second = opsiq.investigations().run(served, what -> {}).runId();

        assertThat(opsiq("memory")).isZero();
        assertThat(out)
                .contains("false_positive_penalty = ")
                .contains("All 5 verdicts where reason is goodwill and region is emea say that it is no leak.")
                .contains(", until ");
        String change = found("(?m)^(MEM-\\d+) .*suppression");

        assertThat(opsiq("proposals")).isZero();
        assertThat(out).contains("applied").contains("goodwill");
        String proposal = found("(PROP-\\w+) ");
        assertThat(opsiq("proposals", "show", proposal)).isZero();
        assertThat(out)
                .contains("Would hide 25 open cases")
                .contains("0 approved facts, 0 of 8 seeded leaks")
                .contains("Precision of judged cases: 0.900")
                .contains("CASE-");
        assertThat(opsiq("proposals", "show", "PROP-NONE")).isEqualTo(1);
        assertThat(err).contains("Maybe");

        assertThat(opsiq("memory", "diff", first, second)).isZero();
        assertThat(out).contains(change).contains("cases scored otherwise").contains("0.8500 to ");

        assertThat(opsiq("tune", "orphan_refund", "--set", "pending_days=30")).isZero();
        assertThat(out).contains("300 cases instead of 300. Nothing was changed.");
        assertThat(opsiq("tune", "orphan_refund", "--set", "pending_days=1000")).isEqualTo(1);

        assertThat(opsiq("memory", "undo", change, "--by", "ben")).isZero();
        assertThat(out).contains("off").contains("Undone by ben.");
        assertThat(opsiq("cases", "--status", "suppressed", "--json")).isZero();
        assertThat(out).contains("\"count\" : 0");
        assertThat(opsiq("memory", "undo", change)).isEqualTo(1);
        assertThat(err).contains("changed again since");
    }

    private static String truth(RefundBooks books, Case about) {
        Object refund = Objects.requireNonNull(about.affectedEntities().get("refund_id"));
        return books.refund(refund).isGoodwillInEmea() ? "false_positive" : "approve";
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(out);
        assertThat(matcher.find()).as(out).isTrue();
        return matcher.group(1);
    }

    private int opsiq(String... arguments) {
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                false);
        List<String> line = Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--state", folder.resolve("state").toString()))
                .toList();
        int code = Main.commandLine(console).execute(line.toArray(String[]::new));
        out = outBytes.toString(StandardCharsets.UTF_8);
        err = errBytes.toString(StandardCharsets.UTF_8);
        return code;
    }
}
