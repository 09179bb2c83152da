package io.opsiq.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/** Holds every request against the access rules, and gives every answer its headers. */
final class AccessFilter extends OncePerRequestFilter {

    private final AccessRules rules;
    private final @Nullable RefusalPage page;

    /** @param page for browsers; null where there are no pages */
    AccessFilter(AccessRules rules, @Nullable RefusalPage page) {
        this.rules = rules;
        this.page = page;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        SecurityHeaders.put(response);
        Optional<AccessRules.Refusal> refusal = rules.refusal(asked(request));
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        refuse(request, response, refusal.get());
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, AccessRules.Refusal refusal)
            throws IOException {
        if (page != null && String.valueOf(request.getHeader("Accept")).contains("text/html")) {
            page.write(request, response, refusal.status(), refusal.detail());
            return;
        }
        if (refusal.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"opsiq\"");
        }
        Problem.of(refusal.status(), refusal.detail(), request.getRequestURI()).write(response);
    }

    private static AccessRules.Asked asked(HttpServletRequest request) {
        return new AccessRules.Asked(
                request.getMethod(),
                request.getRequestURI(),
                request.getLocalPort(),
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Authorization"),
                session(request));
    }

    private static @Nullable String session(HttpServletRequest request) {
        @Nullable Cookie cookie = WebUtils.getCookie(request, Sessions.COOKIE);
        return cookie == null ? null : cookie.getValue();
    }
}
