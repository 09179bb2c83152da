package io.opsiq.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Hands items to another thread by the hundreds, so that reading them and working on them take turns on two cores. The consumer
 * is never called by two threads at once and gets the items in their order; at most two batches are in memory. What it throws
 * is thrown by the call that comes after. To be used by one thread at a time.
 */
final class Relay<T> implements Consumer<T>, AutoCloseable {

    private static final int BATCH = 500;

    private final Consumer<T> consumer;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("relay").daemon().factory());
    private List<T> batch = new ArrayList<>(BATCH);
    private Future<?> underWay = worker.submit(() -> {});

    Relay(Consumer<T> consumer) {
        this.consumer = consumer;
    }

    @Override
    public void accept(T item) {
        batch.add(item);
        if (batch.size() == BATCH) {
            handOver();
        }
    }

    /** Hands over what is left and waits until all has been worked on. */
    void complete() {
        handOver();
        await();
    }

    private void handOver() {
        await();
        List<T> handedOver = batch;
        batch = new ArrayList<>(BATCH);
        underWay = worker.submit(() -> handedOver.forEach(consumer));
    }

    private void await() {
        try {
            underWay.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown ? thrown : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while cases were worked on.", e);
        }
    }

    /** Returns when the consumer is no longer at work. */
    @Override
    public void close() {
        worker.close();
    }
}
