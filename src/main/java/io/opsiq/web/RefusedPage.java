package io.opsiq.web;

import io.opsiq.api.RefusalPage;
import io.opsiq.web.ErrorPages.Told;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.WebContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.web.servlet.JakartaServletWebApplication;

/** Who is not signed in is asked to; who may not come is told why. */
final class RefusedPage implements RefusalPage {

    private final SpringTemplateEngine engine;
    private final Frame frame;

    RefusedPage(SpringTemplateEngine engine, Frame frame) {
        this.engine = engine;
        this.frame = frame;
    }

    @Override
    public void write(HttpServletRequest request, HttpServletResponse response, int status, String detail)
            throws IOException {
        if (status == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", "/sign-in?to=" + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8));
            return;
        }
        Told told = ErrorPages.said(status, detail);
        Map<String, Object> names = new HashMap<>(frame.of(request));
        names.putAll(Map.of("status", told.status(), "what", told.what(), "advice", told.advice()));
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        var application = JakartaServletWebApplication.buildApplication(request.getServletContext());
        engine.process(
                "refused",
                new WebContext(application.buildExchange(request, response), request.getLocale(), names),
                response.getWriter());
    }

    private static String wanted(HttpServletRequest request) {
        @Nullable String query = request.getQueryString();
        return !request.getMethod().equals("GET") ? "/" : request.getRequestURI() + (query == null ? "" : "?" + query);
    }
}
