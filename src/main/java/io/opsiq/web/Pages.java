package io.opsiq.web;

import io.opsiq.OpsIQ;
import io.opsiq.api.RefusalPage;
import io.opsiq.api.ServerSettings;
import io.opsiq.api.Sessions;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.ViewResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;
import org.springframework.web.servlet.support.RequestDataValueProcessor;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Every part of the pages, named; handed to the server when it starts. */
@Configuration(proxyBeanMethods = false)
@Import({
    AssetController.class,
    MissionController.class,
    RunPagesController.class,
    TriageController.class,
    CasePageController.class,
    ProblemPagesController.class,
    ActionPagesController.class,
    AnalystController.class,
    QaController.class,
    SignInController.class,
    ErrorPages.class,
    FrameAdvice.class,
})
public class Pages implements WebMvcConfigurer {

    private final Csrf csrf = new Csrf();

    @Bean
    Csrf csrf() {
        return csrf;
    }

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    Frame frame(OpsIQ opsiq, ServerSettings settings, Sessions sessions, Assets assets) {
        return new Frame(opsiq::pack, settings, sessions, assets);
    }

    @Bean
    RefusalPage refusalPage(SpringTemplateEngine engine, Frame frame) {
        return new RefusedPage(engine, frame);
    }

    /** Puts the token into every form that Thymeleaf writes; the name is the one that Spring looks for. */
    @Bean
    RequestDataValueProcessor requestDataValueProcessor() {
        return new CsrfFields(csrf);
    }

    @Bean
    LocaleResolver localeResolver() {
        var resolver = new AcceptHeaderLocaleResolver();
        resolver.setDefaultLocale(Locale.ENGLISH);
        return resolver;
    }

    @Bean
    SpringTemplateEngine templateEngine() {
        var templates = new ClassLoaderTemplateResolver(Pages.class.getClassLoader());
        templates.setPrefix("web/templates/");
        templates.setSuffix(".html");
        templates.setTemplateMode(TemplateMode.HTML);
        templates.setCharacterEncoding("UTF-8");
        var engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        return engine;
    }

    @Bean
    ViewResolver viewResolver(SpringTemplateEngine engine) {
        var resolver = new ThymeleafViewResolver();
        resolver.setTemplateEngine(engine);
        resolver.setCharacterEncoding("UTF-8");
        return resolver;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new CsrfCheck(csrf));
    }
}
