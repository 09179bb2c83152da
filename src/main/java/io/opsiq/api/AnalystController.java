package io.opsiq.api;

import io.opsiq.analyst.Analyst;
import io.opsiq.analyst.Answer;
import io.opsiq.analyst.Question;
import io.opsiq.analyst.Reply;
import io.opsiq.learning.Memory;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Questions to the analyst. */
@RestController
final class AnalystController {

    private static final int LONGEST_ID = 100;

    private final Analyst analyst;
    private final Memory memory;

    AnalystController(Analyst analyst, Memory memory) {
        this.analyst = analyst;
        this.memory = memory;
    }

    @PostMapping("/analyst/query")
    Answer ask(@RequestBody Fields body) {
        String question = body.text("question", BodyLimitFilter.LARGEST_BODY);
        @Nullable String context = body.textOrNull("context", LONGEST_ID);
        body.check();
        boolean concise = memory.explanationStyle().equals("concise");
        return switch (analyst.ask(new Question(question, context, concise))) {
            case Reply.Answered(Answer answer) -> answer;
            case Reply.Refused refused -> throw refusal(refused);
        };
    }

    private static Refusal refusal(Reply.Refused refused) {
        return switch (refused.reason()) {
            case EMPTY_QUESTION, QUESTION_TOO_LONG -> Refusal.field("question", refused.message());
            case UNKNOWN_CONTEXT -> Refusal.unknown(refused.message());
            case NO_BOOKS -> Refusal.conflict(refused.message());
        };
    }
}
