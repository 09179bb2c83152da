package io.opsiq.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(InABrowser.class)
class WalkthroughTest {

    @TempDir
    Path folder;

    @Test
    void the_loop_is_clicked_through_from_the_first_run_to_the_analyst() {
        try (ServedPages served = new ServedPages(folder)) {
            Page page = InABrowser.page(1280, ColorScheme.LIGHT);
            List<String> complaints = complaintsOf(page);

            runTheFirstInvestigation(page, served);
            markTheDuplicateRefund(page);
            rerunAndSeeWhatChanged(page);
            seeWhatWasLearned(page);
            takeTheVerdictBack(page);
            decideOnAnAction(page);
            askTheAnalyst(page);

            assertThat(complaints).isEmpty();
            page.context().close();
        }
    }

    /** What the console of a strict browser says against a page. */
    private static List<String> complaintsOf(Page page) {
        List<String> complaints = new ArrayList<>();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }

    private static void runTheFirstInvestigation(Page page, ServedPages served) {
        page.navigate(served.at("/"));
        page.getByText("Run the first investigation").click();
        assertThat(page.locator(".top li")).hasCount(5);
        assertThat(page.locator(".tile-main")).containsText("1,050.00");
        assertThat(page.locator(".strategy")).containsText("Signal SIG003");
        assertThat(page.locator(".runs li")).hasCount(1);
    }

    private static void markTheDuplicateRefund(Page page) {
        page.locator("nav a[href='/cases']").click();
        Locator line = page.locator("tbody.line", new Page.LocatorOptions().setHasText("PAY007"));
        line.getByText("Review").click();
        assertThat(line.locator(".glance")).containsText("If the first was meant");
        line.locator("textarea").fill("Agreed with the customer.");
        line.getByText("False positive").click();
        assertThat(line.locator(".told")).containsText("False positive penalty is now 0.15");
        assertThat(line.locator(".told")).containsText("Agreed with the customer.");
    }

    private static void rerunAndSeeWhatChanged(Page page) {
        page.getByText("Rerun with memory").click();
        Locator change = page.locator(".changes .deltas li");
        assertThat(change).hasCount(1);
        assertThat(change).containsText("Payment PAY007 was refunded 2 times");
        assertThat(change.locator(".conf-word").first()).hasText("High");
        assertThat(change.locator(".conf-word").last()).hasText("Medium");
        assertThat(change.locator(".was")).hasText("150.00");
        assertThat(change.locator(".money")).containsText("127.50");
    }

    private static void seeWhatWasLearned(Page page) {
        page.locator("nav a[href='/qa']").click();
        assertThat(page.locator("main")).containsText("1 of 5 cases reviewed");
        page.getByText("Memory").click();
        assertThat(page.locator("main")).containsText("duplicate_refund: 1 false positive");
        assertThat(page.locator("main")).containsText("2 more false positives of this type");
        page.getByText("Traces").click();
        assertThat(page.locator(".trace-steps li").first()).containsText("Read books");
    }

    private static void takeTheVerdictBack(Page page) {
        page.locator("nav a[href='/cases']").click();
        page.getByText("Payment PAY007 was refunded 2 times").last().click();
        assertThat(page.locator(".sql")).containsText("select");
        page.getByText("Undo").click();
        assertThat(page.locator(".page-head .st-open")).hasCount(1);
        assertThat(page.locator(".events .gone")).hasCount(1);
        assertThat(page.locator("main")).containsText("not in force");
    }

    private static void decideOnAnAction(Page page) {
        page.locator("nav a[href='/']").click();
        Locator waiting = page.locator(".action:has(.st-pending-approval)");
        assertThat(waiting).hasCount(3);
        waiting.first()
                .getByText("Approve", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(waiting).hasCount(2);
        assertThat(page.locator(".action .st-approved")).hasCount(1);
    }

    private static void askTheAnalyst(Page page) {
        page.locator("nav a[href='/analyst']").click();
        page.getByText("Show me refunds by region").click();
        assertThat(page.locator(".answer-text")).containsText("EMEA");
        assertThat(page.locator(".bars li").first()).isVisible();
        page.locator(".answer summary").click();
        assertThat(page.locator("#answer-sql")).containsText("select");
        page.locator(".ask-box input").fill("and by customer?");
        page.getByText("Ask", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("#asked")).hasText("and by customer?");
        page.getByText("Not useful", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator(".answer-end")).containsText("You said: Not useful");
    }
}
