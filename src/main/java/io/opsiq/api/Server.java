package io.opsiq.api;

import io.opsiq.OpsIQ;
import io.opsiq.investigation.RunQueue;
import java.net.URI;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextException;

/** OpsIQ's REST API on one address, from start to close. */
public final class Server implements AutoCloseable {

    /** Tomcat's word on requests that failed: they have been logged where they did. Held, so that its level lasts. */
    private static final Logger FAILED_REQUESTS = Logger.getLogger("org.apache.catalina.core.ContainerBase");

    private final ServerSettings settings;
    private final AnnotationConfigServletWebServerApplicationContext context;

    private Server(ServerSettings settings, AnnotationConfigServletWebServerApplicationContext context) {
        this.settings = settings;
        this.context = context;
    }

    /**
     * Starts, and answers when this returns.
     *
     * @throws PortTakenException when another program listens there
     */
    public static Server start(OpsIQ opsiq, ServerSettings settings) {
        FAILED_REQUESTS.setLevel(Level.OFF);
        opsiq.state(); // opened by one thread, before there are many
        var context = new AnnotationConfigServletWebServerApplicationContext();
        context.registerBean(OpsIQ.class, () -> opsiq);
        context.registerBean(ServerSettings.class, () -> settings);
        context.register(Wiring.class);
        try {
            context.refresh();
            return new Server(settings, context);
        } catch (PortInUseException e) {
            throw new PortTakenException(settings, e);
        } catch (ApplicationContextException e) {
            if (e.getRootCause() instanceof java.net.BindException || e.getCause() instanceof PortInUseException) {
                throw new PortTakenException(settings, e);
            }
            throw e;
        }
    }

    /** Where it listens: with port 0 the one that was free. */
    public URI address() {
        WebServer server = Objects.requireNonNull(context.getWebServer());
        return settings.address(server.getPort());
    }

    /** The queue of the runs that requests ask for. */
    public RunQueue runs() {
        return context.getBean(RunQueue.class);
    }

    /** Cancels the run at work, lets requests come to their end, for some seconds, and stops. */
    @Override
    public void close() {
        context.close();
    }
}
