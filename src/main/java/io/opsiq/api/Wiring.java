package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.cases.Cases;
import io.opsiq.sentiment.Sentiment;
import java.util.List;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Every part of the server, named: nothing is searched for on the class path, which keeps the start short. */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@Import({
    Problems.class,
    HealthController.class,
    CaseController.class,
    SentimentController.class,
})
class Wiring implements WebMvcConfigurer {

    private static final int STOP_MILLIS = 8_000;

    @Bean
    Cases cases(OpsIQ opsiq) {
        return opsiq.cases();
    }

    @Bean
    Sentiment sentiment() {
        return new Sentiment();
    }

    @Bean
    AnalysisLog analysisLog(OpsIQ opsiq) {
        return new AnalysisLog(opsiq.clock());
    }

    @Bean
    TomcatServletWebServerFactory tomcat(ServerSettings settings) {
        return new Tomcat(settings).factory();
    }

    @Bean
    DispatcherServlet dispatcherServlet() {
        return new DispatcherServlet();
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(DispatcherServlet servlet) {
        var registration = new ServletRegistrationBean<>(servlet, "/");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    FilterRegistrationBean<FilterChainProxy> guard(ServerSettings settings) {
        return new FilterRegistrationBean<>(Guard.chain(settings));
    }

    /** Under the name that the context looks for. */
    @Bean
    DefaultLifecycleProcessor lifecycleProcessor() {
        var processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(STOP_MILLIS);
        return processor;
    }

    @Override
    @SuppressWarnings(
            "removal") // the builder that replaces it looks for converters on the class path; these two are all
    public void configureMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.add(new JsonConverter());
    }
}
