package io.opsiq.api;

import io.opsiq.api.Problem.FieldError;
import java.io.Serial;
import java.util.List;
import org.springframework.http.HttpStatus;

/** A request that is answered with a problem; the message becomes its detail. */
final class Refusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final transient List<FieldError> errors;

    private Refusal(HttpStatus status, String detail, List<FieldError> errors) {
        super(detail);
        this.status = status;
        this.errors = errors;
    }

    static Refusal unknown(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, detail, List.of());
    }

    static Refusal conflict(String detail) {
        return new Refusal(HttpStatus.CONFLICT, detail, List.of());
    }

    static Refusal stopping() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "The server is stopping; a run that waits goes on when it is started again.",
                List.of());
    }

    /** What was asked for was tried and did not work out. */
    static Refusal failed(String detail) {
        return new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, detail, List.of());
    }

    static Refusal field(String field, String message) {
        return fields(List.of(new FieldError(field, message)));
    }

    static Refusal fields(List<FieldError> errors) {
        String detail =
                String.join(" ", errors.stream().map(FieldError::message).toList());
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, detail, errors);
    }

    Problem problem(String path) {
        Problem problem = Problem.of(status.value(), String.valueOf(getMessage()), path);
        return errors.isEmpty() ? problem : problem.withErrors(errors);
    }
}
