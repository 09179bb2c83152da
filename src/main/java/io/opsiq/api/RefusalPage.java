package io.opsiq.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells a person in a browser, instead of a problem document, why a request was refused before a controller saw it. */
public interface RefusalPage {

    void write(HttpServletRequest request, HttpServletResponse response, int status, String detail) throws IOException;
}
