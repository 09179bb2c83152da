package io.opsiq.web;

import io.opsiq.api.ServerSettings;
import io.opsiq.api.Sessions;
import io.opsiq.detectors.Pack;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.web.servlet.support.RequestContextUtils;

/** What every page shows around its own content. */
final class Frame {

    private final Supplier<Pack> pack;
    private final ServerSettings settings;
    private final Sessions sessions;
    private final Assets assets;

    Frame(Supplier<Pack> pack, ServerSettings settings, Sessions sessions, Assets assets) {
        this.pack = pack;
        this.settings = settings;
        this.sessions = sessions;
        this.assets = assets;
    }

    /** How values are written for whoever asks. */
    Shown shown(HttpServletRequest request) {
        return new Shown(RequestContextUtils.getLocale(request), pack);
    }

    /** The names that templates may use anywhere. */
    Map<String, Object> of(HttpServletRequest request) {
        return Map.of(
                "show", shown(request),
                "assets", assets,
                "path", request.getRequestURI(),
                "books", String.valueOf(Path.of(settings.books().data()).getFileName()),
                "signOut", sessions.areNeeded());
    }
}
