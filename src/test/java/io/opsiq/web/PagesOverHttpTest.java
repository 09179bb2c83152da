package io.opsiq.web;

import static io.opsiq.web.ServedPages.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesOverHttpTest {

    private static final String TOKEN = "a-token-of-twenty-letters";

    @TempDir
    static Path folder;

    private static ServedPages open;
    private static ServedPages guarded;
    private static String caseId;

    @BeforeAll
    static void start() {
        open = new ServedPages(folder.resolve("open"));
        guarded = new ServedPages(folder.resolve("guarded"), TOKEN, null);
        open.investigate();
        caseId = open.opsiq.cases().list(CaseQuery.all()).cases().getFirst().caseId();
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/cases",
                "/cases/CASE",
                "/analyst",
                "/qa",
                "/qa/memory",
                "/qa/traces",
                "/qa/model",
                "/qa/sentiment",
                "/qa/reset"
            })
    void a_page_holds_no_script_and_no_style_of_its_own(String path) {
        HttpResponse<String> page = open.get(path.replace("CASE", caseId));

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("<style")
                .doesNotContainPattern("\\s(style|on[a-z]+)=\"");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("script-src 'self'").doesNotContain("unsafe"));
    }

    @Test
    void what_a_page_is_made_of_may_be_kept_for_good() {
        var address = Pattern.compile("/assets/[0-9a-f]{12}/opsiq\\.css")
                .matcher(open.get("/").body());
        assertThat(address.find()).isTrue();

        HttpResponse<String> sheet = open.get(address.group());

        assertThat(sheet.headers().firstValue("Cache-Control")).hasValue("public, max-age=31536000, immutable");
        assertThat(sheet.headers().firstValue("Content-Type")).hasValue("text/css;charset=UTF-8");
        assertThat(open.get("/assets/000000000000/opsiq.css").statusCode()).isEqualTo(404);
        assertThat(open.get("/assets/000000000000/..%2fpom.xml").statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/runs", "/cases/CASE/verdict", "/actions/ACT-1/decide", "/analyst", "/qa/sentiment", "/qa/reset"
            })
    void nothing_changes_without_the_token_of_a_form(String path) {
        HttpResponse<String> refused = open.post(path.replace("CASE", caseId), "word=RESET&verdict=reject&text=x");

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("older than the server").contains("Maybe go back");
        assertThat(open.opsiq.cases().find(caseId).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
    }

    @Test
    void a_verdict_and_its_withdrawal_work_without_scripts() {
        String csrf = field("_csrf", open.token("/cases/" + caseId));

        HttpResponse<String> judged = open.post(
                "/cases/" + caseId + "/verdict", csrf + "&verdict=approve&" + field("comment", "seen <b>it</b>"));

        assertThat(judged.statusCode()).isIn(302, 303);
        assertThat(judged.headers().firstValue("Location")).hasValue("/cases/" + caseId);
        String page = open.get("/cases/" + caseId).body();
        assertThat(page).contains("seen &lt;b&gt;it&lt;/b&gt;").contains("pill st-approved");
        var feedback = Pattern.compile("/verdicts/(FB-\\w+)/withdraw").matcher(page);
        assertThat(feedback.find()).isTrue();
        open.post(feedback.group(), csrf);
        assertThat(open.opsiq.cases().find(caseId).orElseThrow().status()).isEqualTo(CaseStatus.OPEN);
        assertThat(open.post(feedback.group(), csrf).statusCode()).isEqualTo(409);
    }

    @Test
    void a_verdict_that_does_not_fit_is_refused_in_words() {
        String csrf = field("_csrf", open.token("/cases/" + caseId));

        HttpResponse<String> refused = open.post("/cases/" + caseId + "/verdict", csrf + "&verdict=maybe");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("feedback_type is &#39;maybe&#39;");
    }

    @Test
    void a_form_never_leads_away_from_the_server() {
        String csrf = field("_csrf", open.token("/qa/reset"));
        for (String away :
                List.of("https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", "\r\nX: y")) {
            HttpResponse<String> answer = open.post("/runs/RUN-X/cancel", csrf + "&" + field("back", away));
            assertThat(Redirect.to(away)).isEqualTo("redirect:/");
            assertThat(answer.statusCode()).isEqualTo(404);
        }
        assertThat(Redirect.to("/cases?q=a+b&page=2")).isEqualTo("redirect:/cases?q=a+b&page=2");
    }

    @Test
    void the_queue_is_what_the_address_says() {
        assertThat(open.get("/cases?type=duplicate_refund").body())
                .contains("PAY007")
                .doesNotContain("INV010");
        assertThat(open.get("/cases?q=inv010&severity=high&confidence=high&currency=USD&sort=newest")
                        .body())
                .contains("INV010")
                .doesNotContain("PAY007");
        assertThat(open.get("/cases?q=%25").body()).contains("No case matches");
        assertThat(open.get("/cases?status=suppressed").body()).contains("No case matches");
        assertThat(open.get("/cases?page=99").headers().firstValue("Location")).hasValue("/cases");
        assertThat(open.get("/cases?page=-1&sort=nonsense&severity=x").body()).contains("1–5 of 5");
        assertThat(open.get("/cases/problems?page=7").body()).contains("No problems");
    }

    @Test
    void numbers_and_days_are_written_for_the_readers_language() {
        String german = open.get("/", "Accept-Language", "de-DE").body();

        assertThat(german).contains("1.050,00").contains(" UTC");
        assertThat(open.get("/", "Accept-Language", "en-US").body()).contains("1,050.00");
    }

    @Test
    void what_went_wrong_is_a_page_for_people_and_a_problem_for_programs() {
        HttpResponse<String> page = open.get("/no/such/page");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("There is nothing at this address").contains("Mission Control");
        assertThat(open.get("/cases/CASE-NONE").body())
                .contains("There is no case CASE-NONE")
                .contains("Maybe look it up");
        assertThat(open.get("/triage/cases/CASE-NONE").headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(open.get("/cases/%3Cscript%3E").body()).doesNotContain("case <script>");
    }

    @Test
    void what_was_due_is_a_part_of_the_cases_page_and_a_page_by_itself() {
        String address = "/cases/" + caseId + "/rating";

        assertThat(open.get(address).body()).startsWith("<!DOCTYPE html>").contains("<h1>What was due</h1>", "rating");
        assertThat(open.get(address, "HX-Request", "true").body())
                .doesNotContain("<html")
                .contains("rating");
    }

    @Test
    void a_reset_wants_the_word() {
        String csrf = field("_csrf", open.token("/qa/reset"));

        HttpResponse<String> refused = open.post("/qa/reset", csrf + "&word=reset");

        assertThat(refused.body()).contains("Nothing was forgotten");
        assertThat(open.opsiq.cases().find(caseId)).isPresent();
        try (ServedPages other = new ServedPages(folder.resolve("reset"))) {
            other.investigate();
            String token = field("_csrf", other.token("/qa/reset"));
            assertThat(other.post("/qa/reset", token + "&word=RESET").body()).contains("Forgotten: all runs");
            assertThat(other.get("/cases").body()).contains("No cases yet");
        }
    }

    @Test
    void who_has_no_session_is_asked_to_sign_in() {
        HttpResponse<String> asked = guarded.get("/cases?status=open");

        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.headers().firstValue("Location")).hasValue("/sign-in?to=%2Fcases%3Fstatus%3Dopen");
        assertThat(guarded.get("/sign-in").statusCode()).isEqualTo(200);
        assertThat(guarded.get("/triage/cases", "Authorization", "Bearer " + TOKEN, "Accept", "application/json")
                        .statusCode())
                .isEqualTo(200);
        assertThat(guarded.post("/sign-in", "token=" + TOKEN, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_session_begins_with_the_token_and_ends_when_it_is_closed() {
        String form = field("_csrf", guarded.token("/sign-in")) + "&" + field("to", "/qa") + "&";
        assertThat(guarded.post("/sign-in", form + "token=wrong").body()).contains("not the server");

        HttpResponse<String> signedIn = guarded.post("/sign-in", form + "token=" + TOKEN);

        assertThat(signedIn.headers().firstValue("Location")).hasValue("/qa");
        String cookie = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(guarded.get("/", "Cookie", session).statusCode()).isEqualTo(200);
        String csrf = field("_csrf", guarded.token("/", "Cookie", session));
        assertThat(guarded.post("/sign-out", csrf, "Cookie", session, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        guarded.post("/sign-out", csrf, "Cookie", session);
        assertThat(guarded.get("/", "Cookie", session).statusCode()).isEqualTo(303);
    }
}
