package io.opsiq.api;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/** What a request passes before a controller sees it. */
final class Guard {

    private Guard() {}

    static FilterChainProxy chain(ServerSettings settings, MeterRegistry meters) {
        var proxy = new FilterChainProxy(new DefaultSecurityFilterChain(
                AnyRequestMatcher.INSTANCE,
                List.of(
                        new RequestMeterFilter(meters),
                        new AccessFilter(new AccessRules(settings)),
                        new BodyLimitFilter())));
        proxy.setFirewall(new StrictHttpFirewall());
        proxy.setRequestRejectedHandler((request, response, rejection) -> {
            SecurityHeaders.put(response);
            Problem.of(400, "The address or a header holds characters that are not allowed here.", null)
                    .write(response);
        });
        return proxy;
    }
}
