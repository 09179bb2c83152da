package io.opsiq.web;

import io.opsiq.api.ServerSettings;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.Run;
import io.opsiq.investigation.RunQueue;
import io.opsiq.investigation.RunRequest;
import io.opsiq.investigation.RunTicket.Kind;
import io.opsiq.web.RunWatch.Live;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Starts runs, shows how they go on, stops them. */
@Controller
final class RunPagesController {

    private final RunQueue queue;
    private final RunWatch watch;
    private final Investigations investigations;
    private final ServerSettings settings;

    RunPagesController(RunQueue queue, Investigations investigations, ServerSettings settings) {
        this.queue = queue;
        this.watch = new RunWatch(queue);
        this.investigations = investigations;
        this.settings = settings;
    }

    /** @param key sent twice, it starts one run: who presses a button again means the same */
    @PostMapping("/runs")
    String start(
            @RequestParam(name = "kind", defaultValue = "run") String kind,
            @RequestParam(name = "key", required = false) @Nullable String key,
            @RequestParam(name = "back", defaultValue = "/") String back) {
        boolean again = kind.equals("rerun");
        queue.submit(again ? Kind.RERUN : Kind.RUN, again ? last() : settings.books(), known(key));
        return Redirect.to(back);
    }

    private RunRequest last() {
        return investigations
                .latest()
                .map(Run::request)
                .orElseThrow(() -> PageRefusal.conflict(
                        "There is no run to repeat. Maybe run an investigation from Mission Control first."));
    }

    private static @Nullable String known(@Nullable String key) {
        return key != null && key.matches("[\\w-]{8,64}") ? key : null;
    }

    /** The part of a page that shows the run; once it has ended, the whole page is asked for anew. */
    @GetMapping("/runs/{id}/live")
    String live(@PathVariable("id") String id, Model model, HttpServletResponse response) {
        Live live = watch.of(id)
                .orElseThrow(() -> PageRefusal.unknown("There is no such run. Maybe it was forgotten by a reset."));
        if (live.run().hasEnded()) {
            response.setHeader("HX-Refresh", "true");
        }
        model.addAttribute("live", live);
        return "parts/run :: progress";
    }

    @PostMapping("/runs/{id}/cancel")
    String cancel(@PathVariable("id") String id, @RequestParam(name = "back", defaultValue = "/") String back) {
        return switch (queue.cancel(id)) {
            case YES, TOO_LATE -> Redirect.to(back);
            case UNKNOWN -> throw PageRefusal.unknown("There is no such run. Maybe it was forgotten by a reset.");
        };
    }
}
