package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.actions.Actions;
import io.opsiq.analyst.Analyst;
import io.opsiq.cases.Cases;
import io.opsiq.evaluation.Evaluations;
import io.opsiq.investigation.Investigations;
import io.opsiq.investigation.RunParts;
import io.opsiq.investigation.RunQueue;
import io.opsiq.learning.Memory;
import io.opsiq.learning.Verdicts;
import io.opsiq.problems.SystemicProblems;
import io.opsiq.sentiment.SentimentLog;
import io.opsiq.signals.PostedSignals;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
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
    RunController.class,
    SignalController.class,
    CaseController.class,
    SystemicProblemController.class,
    RatingController.class,
    AnalystController.class,
    FeedbackController.class,
    MemoryController.class,
    ActionController.class,
    QualityController.class,
    SentimentController.class,
    ReasoningController.class,
    DemoController.class,
    MetricsController.class,
    DocsController.class,
})
class Wiring implements WebMvcConfigurer {

    private static final int STOP_MILLIS = 8_000;

    @Bean
    RunParts runParts(OpsIQ opsiq) {
        return opsiq.runParts();
    }

    @Bean
    Cases cases(RunParts parts) {
        return parts.cases();
    }

    @Bean
    SystemicProblems systemicProblems(RunParts parts) {
        return parts.problems();
    }

    @Bean
    Actions actions(RunParts parts) {
        return parts.actions();
    }

    @Bean
    Evaluations evaluations(RunParts parts) {
        return parts.evaluations();
    }

    @Bean
    Memory memory(RunParts parts) {
        return parts.memory();
    }

    @Bean
    PostedSignals postedSignals(RunParts parts) {
        return parts.signals();
    }

    @Bean
    Verdicts verdicts(OpsIQ opsiq) {
        return opsiq.verdicts();
    }

    /** Reads what runs left behind; each run at work has one of its own. */
    @Bean
    Investigations investigations(OpsIQ opsiq) {
        return opsiq.investigations();
    }

    @Bean
    Analyst analyst(OpsIQ opsiq, ServerSettings settings) {
        return opsiq.analyst(settings.books());
    }

    @Bean
    SentimentLog sentimentLog(OpsIQ opsiq) {
        return opsiq.sentimentLog();
    }

    @Bean
    ServedBooks servedBooks(OpsIQ opsiq, ServerSettings settings) {
        return new ServedBooks(opsiq, settings.books());
    }

    @Bean(destroyMethod = "") // ServerLife opens and closes it
    RunQueue runQueue(OpsIQ opsiq) {
        return opsiq.runQueue();
    }

    @Bean
    ServerLife serverLife(RunQueue queue) {
        return new ServerLife(queue);
    }

    @Bean
    Runs runs(RunQueue queue, ServerLife life) {
        return new Runs(queue, life);
    }

    @Bean
    Meters meters(Cases cases, Investigations investigations, Verdicts verdicts) {
        return new Meters(cases, investigations, verdicts);
    }

    @Bean
    FreshStart freshStart(OpsIQ opsiq, Investigations investigations, ServerSettings settings) {
        return new FreshStart(opsiq, investigations, settings.books());
    }

    @Bean
    Sessions sessions(OpsIQ opsiq, ServerSettings settings) {
        return new Sessions(settings.token(), opsiq.clock());
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
    FilterRegistrationBean<FilterChainProxy> guard(Sessions sessions, Meters meters, ObjectProvider<RefusalPage> page) {
        return new FilterRegistrationBean<>(Guard.chain(sessions, meters.registry(), page.getIfAvailable()));
    }

    /** Under the name that the context looks for. */
    @Bean
    DefaultLifecycleProcessor lifecycleProcessor() {
        var processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(STOP_MILLIS);
        return processor;
    }

    @Override
    @SuppressWarnings("removal") // the builder that replaces it looks for converters on the class path; these are all
    public void configureMessageConverters(List<HttpMessageConverter<?>> converters) {
        converters.add(new ByteArrayHttpMessageConverter());
        converters.add(new JsonConverter());
    }
}
