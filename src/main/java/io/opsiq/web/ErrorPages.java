package io.opsiq.web;

import io.opsiq.books.BooksException;
import io.opsiq.sources.MappingException;
import io.opsiq.sources.SourceException;
import io.opsiq.state.StateException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatusCode;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Says what went wrong on a page, and what to do; for programs the API has its own answers. */
final class ErrorPages implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = Logger.getLogger(ErrorPages.class.getName());

    private final Frame frame;

    ErrorPages(Frame frame) {
        this.frame = frame;
    }

    /** Before the API's. */
    @Override
    public int getOrder() {
        return -1;
    }

    static boolean isPage(HandlerMethod method) {
        return method.getBeanType().getPackage().equals(Pages.class.getPackage());
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (!isForAPerson(request, handler) || response.isCommitted()) {
            return null;
        }
        response.resetBuffer();
        Told told = told(failure, request);
        response.setStatus(told.status());
        ModelAndView page = new ModelAndView(isPartial(request) ? "error :: told" : "error", frame.of(request));
        page.addAllObjects(Map.of("status", told.status(), "what", told.what(), "advice", told.advice()));
        return page;
    }

    private static boolean isForAPerson(HttpServletRequest request, @Nullable Object handler) {
        return handler instanceof HandlerMethod method
                ? isPage(method)
                : String.valueOf(request.getHeader("Accept")).contains("text/html");
    }

    private static boolean isPartial(HttpServletRequest request) {
        return request.getHeader("HX-Request") != null;
    }

    /** What a person reads. */
    record Told(int status, String what, String advice) {}

    private static Told told(Exception failure, HttpServletRequest request) {
        return switch (failure) {
            case PageRefusal refusal -> said(refusal.status(), String.valueOf(refusal.getMessage()));
            case BooksException e -> said(422, String.valueOf(e.getMessage()));
            case SourceException e -> said(422, String.valueOf(e.getMessage()));
            case MappingException e -> said(422, String.valueOf(e.getMessage()));
            case StateException e ->
                new Told(
                        503,
                        "The state cannot be read or written at this moment.",
                        "Maybe try again; the server's log says more under " + logged(e, request) + ".");
            case ErrorResponse e -> said(e.getStatusCode());
            default ->
                new Told(
                        500,
                        "Something went wrong inside.",
                        "Nothing that you typed is the cause. Maybe try again; the server's log says more under "
                                + logged(failure, request) + ".");
        };
    }

    /** What is wrong, and the advice that messages end with. */
    static Told said(int status, String message) {
        int advice = message.indexOf("Maybe ");
        return advice <= 0
                ? new Told(status, message, "")
                : new Told(status, message.substring(0, advice).strip(), message.substring(advice));
    }

    private static Told said(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> new Told(404, "There is nothing at this address.", "Maybe start at Mission Control.");
            case 405 ->
                new Told(405, "This address is not one to open like this.", "Maybe go back to where the form is.");
            default -> new Told(status.value(), "The request does not fit.", "Maybe go back and try again.");
        };
    }

    private static String logged(Exception e, HttpServletRequest request) {
        String id =
                "ERR-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.log(Level.SEVERE, e, () -> "%s at %s %s".formatted(id, request.getMethod(), request.getRequestURI()));
        return id;
    }
}
