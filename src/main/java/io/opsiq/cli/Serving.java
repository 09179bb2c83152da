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

    /** What to do with the server once it answers. */
    interface First {

        void with(Server server) throws InterruptedException;
    }

    /** Starts the server, says where it is, does {@code first} and serves until told to end. */
    void serve(OpsIQ opsiq, ServerSettings settings, First first) {
        try (Server server = Server.start(opsiq, settings)) {
            Interrupts.onInterrupt(end(server, Thread.currentThread()));
            sayWhere(server, settings);
            first.with(server);
            if (Rehearsal.isAskedFor()) {
                new Rehearsal(server.address()).run();
            } else {
                new CountDownLatch(1).await();
            }
        } catch (PortTakenException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // told to end, which is how a server ends
        }
    }

    private static Runnable end(Server server, Thread serving) {
        return () -> {
            server.close();
            serving.interrupt();
        };
    }

    private void sayWhere(Server server, ServerSettings settings) {
        console.tell("OpsIQ is at " + server.address());
        if (settings.port() == 0) {
            console.print(server.address().toString());
            console.flush();
        }
    }
}
