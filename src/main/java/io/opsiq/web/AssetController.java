package io.opsiq.web;

import io.opsiq.web.Assets.Asset;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** Style sheets, scripts and the icon. */
@Controller
final class AssetController {

    private final Assets assets;

    AssetController(Assets assets) {
        this.assets = assets;
    }

    @GetMapping("/assets/{digest}/{name}")
    void asset(
            @PathVariable("digest") String digest,
            @PathVariable("name") String name,
            @RequestHeader(name = "Accept-Encoding", required = false) @Nullable String encodings,
            HttpServletResponse response)
            throws IOException {
        Asset asset = assets.find(digest, name)
                .orElseThrow(
                        () -> PageRefusal.unknown("There is no such file. Maybe reload the page that asked for it."));
        boolean packed = encodings != null && encodings.contains("gzip");
        byte[] body = asset.body(packed);
        response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        response.setHeader("Vary", "Accept-Encoding");
        if (packed) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(asset.type());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @GetMapping("/favicon.ico")
    String icon() {
        return "redirect:" + assets.url("icon.svg");
    }
}
