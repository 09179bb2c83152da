package io.opsiq.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.support.RequestDataValueProcessor;

/** Gives every form that is posted the token as a hidden field. */
final class CsrfFields implements RequestDataValueProcessor {

    private static final String POSTED = CsrfFields.class.getName();

    private final Csrf csrf;

    CsrfFields(Csrf csrf) {
        this.csrf = csrf;
    }

    @Override
    public String processAction(HttpServletRequest request, String action, String httpMethod) {
        request.setAttribute(POSTED, httpMethod.equalsIgnoreCase("post"));
        return action;
    }

    @Override
    public String processFormFieldValue(HttpServletRequest request, @Nullable String name, String value, String type) {
        return value;
    }

    @Override
    public Map<String, String> getExtraHiddenFields(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(POSTED)) ? Map.of(Csrf.FIELD, csrf.token(request)) : Map.of();
    }

    @Override
    public String processUrl(HttpServletRequest request, String url) {
        return url;
    }
}
