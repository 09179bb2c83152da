package io.opsiq.api;

import io.opsiq.books.BooksException;
import io.opsiq.investigation.RunFailure;
import io.opsiq.sources.MappingException;
import io.opsiq.sources.SourceException;
import io.opsiq.state.StateException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.connector.ClientAbortException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns what went wrong into a problem that says what and what to do; what is inside stays in the log. */
@RestControllerAdvice
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class.getName());

    @ExceptionHandler
    ResponseEntity<Problem> refused(Refusal refusal, HttpServletRequest request) {
        return answer(refusal.problem(request.getRequestURI()));
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<Problem> unknownAddress(HttpServletRequest request) {
        return answer(404, "There is nothing at this address. Maybe look at /docs.", request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongMethod(HttpRequestMethodNotSupportedException e, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        var allowed = e.getSupportedHttpMethods();
        if (allowed != null) {
            headers.setAllow(allowed);
        }
        String can = allowed == null
                ? ""
                : " It knows "
                        + String.join(
                                ", ",
                                allowed.stream().map(HttpMethod::name).sorted().toList()) + ".";
        return answer(
                Problem.of(
                        405, "This address does not know %s.%s".formatted(e.getMethod(), can), request.getRequestURI()),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Problem> notAcceptable(HttpMediaTypeNotAcceptableException e, HttpServletRequest request) {
        return answer(
                406,
                "The answer cannot be had in a form that the header Accept allows. Maybe accept application/json.",
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> wrongMedia(HttpMediaTypeNotSupportedException e, HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.setAccept(List.of(MediaType.APPLICATION_JSON));
        return answer(
                Problem.of(
                        415,
                        "The body must be JSON. Maybe send the header Content-Type: application/json.",
                        request.getRequestURI()),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e, HttpServletRequest request) {
        return answer(
                400,
                e.getCause() == null ? "A JSON object is needed as body." : String.valueOf(e.getMessage()),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> tooLarge(BodyTooLargeException e, HttpServletRequest request) {
        return answer(BodyLimitFilter.tooLarge(request.getRequestURI()));
    }

    @ExceptionHandler({BooksException.class, SourceException.class, MappingException.class})
    ResponseEntity<Problem> unreadableBooks(RuntimeException e, HttpServletRequest request) {
        return answer(422, String.valueOf(e.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> runFailed(RunFailure e, HttpServletRequest request) {
        return answer(409, String.valueOf(e.getMessage()), request);
    }

    @ExceptionHandler
    ResponseEntity<Problem> stateFailed(StateException e, HttpServletRequest request) {
        String id = logged(e, request);
        return answer(Problem.of(
                        503,
                        "The state cannot be read or written at this moment; the log says why under this id. Maybe try again.",
                        request.getRequestURI())
                .withErrorId(id));
    }

    /** A document that broke off while it was sent must not look whole: the connection is closed by whoever calls. */
    @ExceptionHandler
    ResponseEntity<Problem> unexpected(Exception e, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (!isOfAClientThatLeft(e)) {
            String id = logged(e, request);
            if (!response.isCommitted()) {
                response.resetBuffer();
                return answer(Problem.of(
                                500,
                                "Something went wrong inside; the server's log says what under this id.",
                                request.getRequestURI())
                        .withErrorId(id));
            }
        }
        throw e;
    }

    private static boolean isOfAClientThatLeft(Throwable e) {
        return e instanceof ClientAbortException || (e.getCause() != null && isOfAClientThatLeft(e.getCause()));
    }

    private static String logged(Exception e, HttpServletRequest request) {
        String id =
                "ERR-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        LOG.log(Level.SEVERE, e, () -> "%s at %s %s".formatted(id, request.getMethod(), request.getRequestURI()));
        return id;
    }

    private static ResponseEntity<Problem> answer(int status, String detail, HttpServletRequest request) {
        return answer(Problem.of(status, detail, request.getRequestURI()));
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return answer(problem, HttpHeaders.EMPTY);
    }

    private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
        return ResponseEntity.status(problem.status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(problem);
    }
}
