package io.opsiq.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/** Answers requests that fail before a controller sees them, such as one that is no HTTP. Made by Tomcat, hence public. */
public final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            SecurityHeaders.put(response.getResponse());
            Problem.of(status, detail(status), null).write(response.getResponse());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 ->
                "The request is not valid HTTP, or its head is too large. Maybe a client speaks HTTPS to this port.";
            case 404 -> "There is nothing at this address. Maybe look at /docs.";
            case 405, 501 -> "This method is not known here. Maybe look at /docs.";
            case 414 -> "The address is too long.";
            case 431 -> "The request's head is too large.";
            case 503 -> "The server is stopping.";
            default -> "The request could not be answered.";
        };
    }
}
