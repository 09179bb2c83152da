package io.opsiq.web;

import io.opsiq.api.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * What a form of these pages carries and one of another site cannot know: a digest of the browser's session under a secret that the
 * server made up when it started.
 */
final class Csrf {

    static final String FIELD = "_csrf";

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;

    Csrf() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        this.secret = new SecretKeySpec(bytes, ALGORITHM);
    }

    String token(HttpServletRequest request) {
        @Nullable Cookie session = WebUtils.getCookie(request, Sessions.COOKIE);
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] digest = mac.doFinal((session == null ? "" : session.getValue()).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean fits(HttpServletRequest request) {
        @Nullable String brought = request.getParameter(FIELD);
        return brought != null
                && MessageDigest.isEqual(
                        brought.getBytes(StandardCharsets.UTF_8), token(request).getBytes(StandardCharsets.UTF_8));
    }
}
