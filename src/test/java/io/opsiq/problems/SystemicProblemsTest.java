package io.opsiq.problems;

import static org.assertj.core.api.Assertions.assertThat;

import io.opsiq.cases.Case;
import io.opsiq.cases.CaseQuery;
import io.opsiq.cases.CaseStatus;
import io.opsiq.cases.Cases;
import io.opsiq.engine.EngineSettings;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunParts;
import io.opsiq.investigation.RunPartsForTests;
import io.opsiq.investigation.RunRequest;
import io.opsiq.learning.FeedbackGiven;
import io.opsiq.learning.FeedbackOutcome;
import io.opsiq.learning.FeedbackOutcome.Accepted;
import io.opsiq.learning.FeedbackOutcome.DoesNotFit;
import io.opsiq.learning.FeedbackOutcome.UnknownTarget;
import io.opsiq.learning.Verdicts;
import io.opsiq.learning.VerdictsForTests;
import io.opsiq.sentiment.Sentiment;
import io.opsiq.state.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large manual credits: ten people issue credits alike, and one of them issues nearly all that nobody approved. */
class SystemicProblemsTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

    @TempDir
    Path folder;

    private final StringBuilder refunds = new StringBuilder(
            "refund_id,customer_id,refund_date,amount,reason,processor,linked_payment_id,issued_by,approved_by\n");

    private Path books;
    private Cases cases;
    private RunParts parts;
    private Investigations investigations;
    private Verdicts verdicts;

    @BeforeEach
    void open() throws IOException {
        State state = State.open(folder.resolve("state"));
        cases = new Cases(state, Clock.systemUTC(), new Sentiment());
        parts = RunPartsForTests.of(state, cases, Clock.systemUTC());
        investigations = new Investigations(
                state, parts, new EngineSettings(folder.resolve("work"), "500MB", 2), Clock.systemUTC());
        verdicts = VerdictsForTests.of(state, cases, parts, Clock.systemUTC());
        books = Files.createDirectories(folder.resolve("books"));
        StringBuilder customers = new StringBuilder("customer_id,customer_name,region,plan_tier,status\n");
        for (int i = 0; i < 120; i++) {
            customers.append("C%d,Customer %d,%s,pro,active%n".formatted(i, i, i % 2 == 0 ? "NA" : "EMEA"));
        }
        Files.writeString(books.resolve("customers.csv"), customers);
        for (int i = 0; i < 100; i++) {
            credit("S" + i, i, 20 + i % 7, "issuer-" + i % 10, "boss");
        }
    }

    private void credit(String id, int customer, int amount, String issuer, String approver) {
        refunds.append("%s,C%d,%s,%d,manual_credit,stripe,,%s,%s%n"
                .formatted(id, customer, FIRST.plusDays(customer), amount, issuer, approver));
    }

    private void run() throws IOException {
        Files.writeString(books.resolve("refunds.csv"), refunds);
        investigations.run(RunRequest.of(books, null, null), what -> {});
    }

    private List<SystemicProblem> problems() {
        return parts.problems().page(0, 100);
    }

    private FeedbackOutcome answer(String problemId, String verdict) {
        return parts.problems().answer(problemId, FeedbackGiven.onCase(problemId, verdict, null, "ana"), verdicts);
    }

    private void oneIssuerLetsTenThrough() throws IOException {
        for (int i = 0; i < 10; i++) {
            credit("L" + i, i * 11, 300 + i, "issuer-3", "");
        }
        credit("L10", 5, 400, "issuer-1", "");
        run();
    }

    @Test
    void cases_with_one_issuer_are_one_problem_that_names_him_and_the_share_he_explains() throws IOException {
        oneIssuerLetsTenThrough();

        assertThat(cases.list(CaseQuery.all()).count()).isEqualTo(11);
        assertThat(problems()).singleElement().satisfies(problem -> {
            assertThat(problem.anomalyType()).isEqualTo("manual_credit");
            assertThat(problem.cause().kind()).isEqualTo("issuer");
            assertThat(problem.cause().shared()).containsOnly(Map.entry("issued_by", "issuer-3"));
            assertThat(problem.cause().share()).isEqualByComparingTo("0.9091");
            assertThat(problem.cause().expectedShare()).isLessThan(new BigDecimal("0.2"));
            assertThat(problem.caseCount()).isEqualTo(10);
            assertThat(problem.grossImpact()).isEqualByComparingTo("3045.00");
            assertThat(problem.byCurrency().values())
                    .singleElement()
                    .satisfies(money -> assertThat(money.lost()).isEqualByComparingTo("3045.00"));
            assertThat(problem.status()).isEqualTo(SystemicProblem.Status.OPEN);
            assertThat(problem.caseIds())
                    .allSatisfy(id ->
                            assertThat(cases.find(id)).map(Case::problemId).contains(problem.problemId()));
        });
    }

    @Test
    void what_spreads_like_the_books_do_is_no_problem() throws IOException {
        for (int i = 0; i < 20; i++) {
            credit("L" + i, i * 5, 300 + i, "issuer-" + i % 10, "");
        }
        run();

        assertThat(cases.list(CaseQuery.all()).count()).isEqualTo(20);
        assertThat(problems()).isEmpty();
    }

    @Test
    void one_verdict_answers_all_its_cases_but_those_judged_by_themselves() throws IOException {
        oneIssuerLetsTenThrough();
        SystemicProblem problem = problems().getFirst();
        String apart = problem.caseIds().get(4);
        verdicts.give(FeedbackGiven.onCase(apart, "approve", null, "ben"));

        assertThat(answer(problem.problemId(), "false_positive")).isInstanceOf(Accepted.class);

        assertThat(problem.caseIds())
                .allSatisfy(id -> assertThat(cases.find(id).map(Case::status))
                        .contains(id.equals(apart) ? CaseStatus.APPROVED : CaseStatus.FALSE_POSITIVE));
        assertThat(problems().getFirst().status()).isEqualTo(SystemicProblem.Status.MIXED);

        assertThat(answer(problem.problemId(), "approve")).isInstanceOf(Accepted.class);

        assertThat(problems().getFirst().status()).isEqualTo(SystemicProblem.Status.APPROVED);
    }

    @Test
    void the_same_key_answers_once() throws IOException {
        oneIssuerLetsTenThrough();
        String problemId = problems().getFirst().problemId();
        FeedbackGiven given =
                FeedbackGiven.onCase(problemId, "approve", null, "ana").under("key-1");

        parts.problems().answer(problemId, given, verdicts);
        parts.problems().answer(problemId, given, verdicts);

        assertThat(verdicts.counts()).containsEntry("approve", 10L);
    }

    @Test
    void what_cannot_be_answered_says_so() throws IOException {
        oneIssuerLetsTenThrough();
        SystemicProblem problem = problems().getFirst();

        assertThat(answer("PROB-NONE", "approve")).isInstanceOf(UnknownTarget.class);
        assertThat(answer(problem.problemId(), "useful")).isInstanceOf(DoesNotFit.class);
        problem.caseIds().forEach(id -> verdicts.give(FeedbackGiven.onCase(id, "approve", null, "ben")));
        assertThat(answer(problem.problemId(), "reject")).isInstanceOf(DoesNotFit.class);
    }

    @Test
    void it_is_the_same_problem_in_the_next_run_and_gone_when_its_facts_are() throws IOException {
        oneIssuerLetsTenThrough();
        SystemicProblem before = problems().getFirst();
        run();

        assertThat(problems())
                .singleElement()
                .extracting(SystemicProblem::problemId)
                .isEqualTo(before.problemId());

        refunds.setLength(refunds.indexOf("L0,"));
        run();

        assertThat(problems()).isEmpty();
        assertThat(parts.problems().find(before.problemId())).isEmpty();
    }

    @Test
    void those_with_the_most_money_come_first_each_with_its_own_cases_on_whichever_page() throws IOException {
        for (int i = 0; i < 100; i++) {
            credit("T" + i, i, 40 + i % 7, "clerk-" + i % 10, "boss");
        }
        for (int i = 0; i < 10; i++) {
            credit("A" + i, i * 11, 300 + i, "issuer-3", "");
            credit("B" + i, i * 11 + 1, 900 + i, "issuer-7", "");
        }
        run();

        List<SystemicProblem> all = problems();
        assertThat(all)
                .extracting(problem -> problem.cause().shared().get("issued_by"))
                .containsExactly("issuer-7", "issuer-3");
        assertThat(all)
                .allSatisfy(problem -> assertThat(problem.caseIds())
                        .hasSize(10)
                        .allSatisfy(id ->
                                assertThat(cases.find(id)).map(Case::problemId).contains(problem.problemId())));
        assertThat(parts.problems().page(1, 1)).containsExactly(all.getLast());
        List<SystemicProblem> streamed = new ArrayList<>();
        parts.problems().forEach(streamed::add);
        assertThat(streamed).isEqualTo(all);
    }
}
