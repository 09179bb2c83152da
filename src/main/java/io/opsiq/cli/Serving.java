package io.opsiq.cli;

import io.opsiq.OpsIQ;
import io.opsiq.api.PortTakenException;
import io.opsiq.api.Server;
import io.opsiq.api.ServerSettings;
import java.util.concurrent.CountDownLatch;

/** A server from its start until the program is told to end. */
final class Serving {

    private final Console console;

    Serving(Console console) {
        this.console = console;
    }

    /** Starts the server, says where it is, does {@code first} and serves until told to end. */
    void serve(OpsIQ opsiq, ServerSettings settings, Runnable first) {
        CountDownLatch stopped = new CountDownLatch(1);
        try (Server server = Server.start(opsiq, settings)) {
            Interrupts.onInterrupt(stopped::countDown);
            console.tell("OpsIQ is at " + server.address());
            if (settings.port() == 0) {
                console.result(server.address().toString());
            }
            first.run();
            if (Rehearsal.isAskedFor()) {
                new Rehearsal(server.address()).run();
            } else {
                stopped.await();
            }
        } catch (PortTakenException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
