package io.opsiq.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.opsiq.json.Json;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * An answer that says no, after RFC 9457.
 *
 * @param detail what is wrong and what to do
 * @param errors the fields that do not fit, of a 422
 * @param errorId under which the log holds the cause, of a 500
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        @Nullable List<FieldError> errors,
        @Nullable String errorId) {

    /** What is wrong with one field of a body, or one parameter. */
    record FieldError(String field, String message) {}

    static Problem of(int status, String detail, @Nullable String instance) {
        return new Problem("about:blank", title(status), status, detail, instance, null, null);
    }

    Problem withErrors(List<FieldError> wrong) {
        return new Problem(type, title, status, detail, instance, List.copyOf(wrong), errorId);
    }

    Problem withErrorId(String id) {
        return new Problem(type, title, status, detail, instance, errors, id);
    }

    /** Writes it where no controller answers. */
    void write(HttpServletResponse response) throws IOException {
        byte[] body = Json.text(this).getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static String title(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
