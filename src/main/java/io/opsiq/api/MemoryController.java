package io.opsiq.api;

import io.opsiq.learning.ChangeOutcome;
import io.opsiq.learning.Memory;
import io.opsiq.learning.MemoryEntry;
import io.opsiq.learning.Proposal;
import io.opsiq.learning.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was learned, what is proposed, and people's decisions on both. */
@RestController
final class MemoryController {

    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final String DEFAULT_REVIEWER = "local";

    private final Memory memory;

    MemoryController(Memory memory) {
        this.memory = memory;
    }

    record MemoryList(List<MemoryEntry> memory, int count) {}

    @GetMapping("/memory")
    MemoryList memory() {
        List<MemoryEntry> entries = memory.entries();
        return new MemoryList(entries, entries.size());
    }

    record History(List<Version> history, int count) {}

    @GetMapping("/memory/history")
    History history(@RequestParam(name = "limit", required = false) @Nullable String limit) {
        List<Version> versions = memory.history(Parameters.limit(limit, MOST, MOST));
        return new History(versions, versions.size());
    }

    @PostMapping("/memory/{id}/undo")
    Version undo(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return told(memory.undo(id, reviewer(body)));
    }

    record ProposalList(List<Proposal> proposals, int count) {}

    @GetMapping("/proposals")
    ProposalList proposals() {
        List<Proposal> proposals = memory.proposals();
        return new ProposalList(proposals, proposals.size());
    }

    @GetMapping("/proposals/{id}")
    Proposal proposal(@PathVariable("id") String id) {
        return memory.proposal(id)
                .orElseThrow(
                        () -> Refusal.unknown("There is no proposal '" + id + "'. Maybe look among GET /proposals."));
    }

    @PostMapping("/proposals/{id}/accept")
    Proposal accept(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return told(memory.accept(id, reviewer(body)));
    }

    @PostMapping("/proposals/{id}/decline")
    Proposal decline(@PathVariable("id") String id, @RequestBody(required = false) @Nullable Fields body) {
        return told(memory.decline(id, reviewer(body)));
    }

    private static String reviewer(@Nullable Fields body) {
        Fields fields = Fields.of(body);
        @Nullable String reviewer = fields.textOrNull("reviewer", LONGEST_NAME);
        fields.check();
        return reviewer == null ? DEFAULT_REVIEWER : reviewer;
    }

    private static <T> T told(ChangeOutcome<T> outcome) {
        return switch (outcome) {
            case ChangeOutcome.Done<T>(T now) -> now;
            case ChangeOutcome.Unknown<T>(String message) -> throw Refusal.unknown(message);
            case ChangeOutcome.NotNow<T>(String message) -> throw Refusal.conflict(message);
        };
    }
}
