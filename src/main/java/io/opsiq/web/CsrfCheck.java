package io.opsiq.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses what would change something through a page and does not carry the token of one. */
final class CsrfCheck implements HandlerInterceptor {

    private final Csrf csrf;

    CsrfCheck(Csrf csrf) {
        this.csrf = csrf;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (changesThroughAPage(request, handler) && !csrf.fits(request)) {
            throw PageRefusal.forbidden(
                    "This page is older than the server it came from, so nothing was changed. Maybe go back, reload the page and try again.");
        }
        return true;
    }

    private static boolean changesThroughAPage(HttpServletRequest request, Object handler) {
        return request.getMethod().equals("POST")
                && handler instanceof HandlerMethod method
                && ErrorPages.isPage(method);
    }
}
