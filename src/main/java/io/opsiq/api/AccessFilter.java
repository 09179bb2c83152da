package io.opsiq.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Holds every request against the access rules, and gives every answer its headers. */
final class AccessFilter extends OncePerRequestFilter {

    private final AccessRules rules;

    AccessFilter(AccessRules rules) {
        this.rules = rules;
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
        if (refusal.get().status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"opsiq\"");
        }
        Problem.of(refusal.get().status(), refusal.get().detail(), request.getRequestURI())
                .write(response);
    }

    private static AccessRules.Asked asked(HttpServletRequest request) {
        return new AccessRules.Asked(
                request.getMethod(),
                request.getRequestURI(),
                request.getLocalPort(),
                request.getHeader("Host"),
                request.getHeader("Origin"),
                request.getHeader("Sec-Fetch-Site"),
                request.getHeader("Authorization"));
    }
}
