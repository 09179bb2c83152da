package io.opsiq.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.catalina.core.StandardHost;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Shutdown;

/** The HTTP server's own settings: a virtual thread a request, and limits for whoever sends slowly or much. */
final class Tomcat {

    private static final int SILENCE_MILLIS = 15_000;
    private static final int MOST_CONNECTIONS = 512;
    private static final int MOST_HEADERS = 64;
    private static final int LARGEST_HEAD = 16 * 1024;
    private static final int LARGEST_SWALLOW = 2 * 1024 * 1024;

    private final ServerSettings settings;

    Tomcat(ServerSettings settings) {
        this.settings = settings;
    }

    TomcatServletWebServerFactory factory() {
        var factory = new TomcatServletWebServerFactory(settings.port());
        factory.setAddress(address());
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.setRegisterDefaultServlet(false);
        factory.setDisableMBeanRegistry(true);
        factory.addConnectorCustomizers(connector -> {
            connector.setXpoweredBy(false);
            connector.setAllowTrace(false);
            limit((AbstractHttp11Protocol<?>) connector.getProtocolHandler());
        });
        factory.addContextCustomizers(
                context -> ((StandardHost) context.getParent()).setErrorReportValveClass(ProblemValve.class.getName()));
        return factory;
    }

    private static void limit(AbstractHttp11Protocol<?> protocol) {
        protocol.setExecutor(new VirtualThreadExecutor("http-"));
        protocol.setConnectionTimeout(SILENCE_MILLIS);
        protocol.setKeepAliveTimeout(SILENCE_MILLIS);
        protocol.setMaxConnections(MOST_CONNECTIONS);
        protocol.setMaxHttpRequestHeaderSize(LARGEST_HEAD);
        protocol.setMaxHeaderCount(MOST_HEADERS);
        protocol.setMaxSwallowSize(LARGEST_SWALLOW);
    }

    private InetAddress address() {
        try {
            return InetAddress.getByName(settings.host());
        } catch (UnknownHostException e) {
            throw new PortTakenException(settings, e);
        }
    }
}
