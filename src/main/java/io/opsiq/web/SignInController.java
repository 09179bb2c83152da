package io.opsiq.web;

import io.opsiq.api.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.WebUtils;

/** Changes the server's token for a session, so that the token itself is not kept in the browser. */
@Controller
final class SignInController {

    private static final long PAUSE_MILLIS = 500;

    private final Sessions sessions;

    SignInController(Sessions sessions) {
        this.sessions = sessions;
    }

    @GetMapping("/sign-in")
    String ask(@RequestParam(name = "to", defaultValue = "/") String to, Model model) {
        model.addAttribute("to", Redirect.local(to));
        return sessions.areNeeded() ? "sign-in" : "redirect:/";
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(name = "token", defaultValue = "") String token,
            @RequestParam(name = "to", defaultValue = "/") String to,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model)
            throws InterruptedException {
        Optional<String> session = sessions.open(token.strip());
        if (session.isPresent()) {
            response.addCookie(cookie(session.get(), request));
            return Redirect.to(to);
        }
        Thread.sleep(PAUSE_MILLIS); // guessing takes its time
        response.setStatus(HttpStatus.FORBIDDEN.value());
        model.addAttribute("to", Redirect.local(to));
        model.addAttribute("wrong", true);
        return "sign-in";
    }

    @PostMapping("/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        @Nullable Cookie session = WebUtils.getCookie(request, Sessions.COOKIE);
        if (session != null) {
            sessions.close(session.getValue());
        }
        Cookie gone = cookie("", request);
        gone.setMaxAge(0);
        response.addCookie(gone);
        return "redirect:/sign-in";
    }

    private static Cookie cookie(String value, HttpServletRequest request) {
        Cookie cookie = new Cookie(Sessions.COOKIE, value);
        cookie.setPath("/");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Strict");
        return cookie;
    }
}
