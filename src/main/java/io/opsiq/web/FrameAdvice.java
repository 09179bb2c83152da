package io.opsiq.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts the frame around every page that a controller of this package shows. */
@ControllerAdvice(basePackageClasses = Pages.class)
final class FrameAdvice {

    private final Frame frame;

    FrameAdvice(Frame frame) {
        this.frame = frame;
    }

    @ModelAttribute
    void frame(HttpServletRequest request, Model model) {
        model.addAllAttributes(frame.of(request));
    }
}
