package io.opsiq.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses bodies that say beforehand that they are too large; {@link JsonConverter} stops reading those that do not. */
final class BodyLimitFilter extends OncePerRequestFilter {

    static final int LARGEST_BODY = 1024 * 1024;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LARGEST_BODY) {
            response.setHeader("Connection", "close");
            tooLarge(request.getRequestURI()).write(response);
            return;
        }
        chain.doFilter(request, response);
    }

    static Problem tooLarge(String path) {
        return Problem.of(413, "The body is larger than 1 MB. Maybe send less at once.", path);
    }
}
