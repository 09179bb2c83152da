package io.opsiq.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.opsiq.analyst.Question;
import io.opsiq.analyst.Reply.Answered;
import io.opsiq.cases.CaseQuery;
import io.opsiq.learning.FeedbackGiven;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(InABrowser.class)
class AccessibilityTest {

    /** What a reader is kept from; the lighter findings are advice. */
    private static final String SERIOUS = """
            async () => (await axe.run({resultTypes: ['violations']})).violations
                .filter(each => each.impact === 'serious' || each.impact === 'critical')
                .map(each => each.id + ': ' + each.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))
            """;

    private static final List<String> PAGES = List.of(
            "/", "/cases", "/analyst", "/qa", "/qa/memory", "/qa/traces", "/qa/model", "/qa/sentiment", "/qa/reset");

    @TempDir
    static Path folder;

    private static ServedPages empty;
    private static ServedPages demo;
    private static List<String> withDemo;

    @BeforeAll
    static void start() {
        empty = new ServedPages(folder.resolve("empty"));
        demo = new ServedPages(folder.resolve("demo"));
        demo.investigate();
        String caseId =
                demo.opsiq.cases().list(CaseQuery.all()).cases().getFirst().caseId();
        demo.opsiq.verdicts().give(FeedbackGiven.onCase(caseId, "false_positive", "no", null));
        demo.investigate();
        demo.opsiq.sentimentLog().read("They want to sue us over a duplicate charge.", "test");
        var asked = demo.opsiq.analyst().ask(Question.of("Show me refunds by region"));
        withDemo = new ArrayList<>(PAGES);
        withDemo.add("/cases/" + caseId);
        withDemo.add("/analyst/" + ((Answered) asked).answer().answerId());
        withDemo.add("/no/such/page");
    }

    @AfterAll
    static void stop() {
        empty.close();
        demo.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void no_page_keeps_a_reader_out(ColorScheme theme) throws IOException {
        Page page = InABrowser.page(1280, theme);
        for (String path : withDemo) {
            assertThat(serious(page, demo.at(path))).as(path).isEmpty();
        }
        for (String path : PAGES) {
            assertThat(serious(page, empty.at(path)))
                    .as("without data: " + path)
                    .isEmpty();
        }
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void no_page_is_wider_than_a_phone(ColorScheme theme) throws IOException {
        Page page = InABrowser.page(360, theme);
        for (String path : withDemo) {
            page.navigate(demo.at(path));
            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(path)
                    .isEqualTo(360);
        }
        page.navigate(demo.at("/cases"));
        assertThat(serious(page, demo.at("/cases"))).as("on a phone").isEmpty();
        page.context().close();
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void what_the_api_can_do_is_readable_in_any_light(ColorScheme theme) throws IOException {
        Page page = InABrowser.page(1280, theme);
        page.navigate(demo.at("/docs"));
        page.waitForSelector(".opblock-summary-method");
        page.locator(".opblock-summary-control").first().click();
        page.evaluate(axe());

        assertThat(page.evaluate("""
                async () => (await axe.run({runOnly: ['color-contrast']})).violations
                    .flatMap(each => each.nodes.map(node => node.html + ' ' + node.failureSummary)).join('\\n')
                """)).isEqualTo("");
        page.context().close();
    }

    @SuppressWarnings("unchecked") // a list of strings, as the script makes it
    private static List<String> serious(Page page, String address) throws IOException {
        page.navigate(address);
        page.evaluate(axe());
        return (List<String>) page.evaluate(SERIOUS);
    }

    private static String axe() throws IOException {
        try (InputStream in = Objects.requireNonNull(AccessibilityTest.class.getResourceAsStream("/axe/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
