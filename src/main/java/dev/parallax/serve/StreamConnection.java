package dev.parallax.serve;

import dev.parallax.model.live.LiveSettings;
import dev.parallax.serve.websocket.Message;
import dev.parallax.serve.websocket.WebSocket;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.spi.ServerConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A stream over its connection. One thread reads a message and answers it before it reads the next, so
/// that a client who sends faster than is computed is held back by its own connection, and nothing piles up
/// here. A second thread watches: it ends a stream that brings nothing, one whose answers nobody reads, and
/// all when the service drains.
final class StreamConnection implements ServerConnection {

    private static final Duration LOOK = Duration.ofMillis(50); // between two looks of the watch
    private static final Duration LINGER = Duration.ofSeconds(2); // for the other side to close, too

    private final ServiceConfig config;
    private final InFlight inFlight;
    private final Dispatcher dispatcher;
    private final Metrics metrics;
    private final WebSocket socket;
    private final StreamSession session;
    private final Runnable released;

    private final ReentrantLock turn = new ReentrantLock(); // who has it answers
    private volatile boolean isOver;
    private volatile long since; // when waiting for a message began, or the end came; [System#nanoTime]
    private volatile boolean isWaiting;
    private volatile @Nullable Thread reading;

    /// @param released is called once, when it has ended
    StreamConnection(
            ServiceConfig config,
            Endpoints endpoints,
            Dispatcher dispatcher,
            ServedModel model,
            LiveSettings settings,
            ConnectionStreams streams,
            Runnable released) {
        this.config = config;
        this.inFlight = endpoints.inFlight();
        this.dispatcher = dispatcher;
        this.metrics = endpoints.metrics();
        this.released = released;
        this.socket =
                new WebSocket(streams.in(), streams.out(), config.streams().messageBytes());
        this.session = new StreamSession(model, settings, endpoints, config.limits(), socket);
    }

    @Override
    public void handle(Limit limit) {
        reading = Thread.currentThread();
        metrics.streamOpened();
        Thread watch = Thread.ofVirtual().name("watch").start(this::watch);
        try {
            inTurn(session::begin);
            await();
            Message message = socket.next();
            while (!(message instanceof Message.Closed closed)) {
                isWaiting = false;
                Message its = message;
                inTurn(() -> answer(its));
                await();
                message = socket.next();
            }
            inTurn(() -> over(closed.answer(), ""));
        } catch (IOException e) {
            // the other side is gone, or was cut off by the watch
        } finally {
            reading = null;
            watch.interrupt();
            metrics.streamClosed();
            released.run();
        }
    }

    private void await() {
        since = isOver ? since : System.nanoTime();
        isWaiting = true;
    }

    /// What is done with the stream.
    private interface Step {
        void run() throws IOException;
    }

    /// Does it while nobody else does anything, unless the stream is over. What fails ends it.
    private void inTurn(Step step) throws IOException {
        turn.lock();
        try {
            if (!isOver) {
                step.run();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | Error e) {
            fail(dispatcher.refusal(e), null);
        } finally {
            turn.unlock();
        }
    }

    private void answer(Message message) throws IOException {
        switch (message) {
            case Message.Text text -> session.read(text.text());
            case Message.Binary binary -> session.hear(binary.bytes());
            case Message.Violation violation -> {
                Status status = violation.code() == WebSocket.TOO_LARGE
                        ? Status.REQUEST_ENTITY_TOO_LARGE_413
                        : Status.BAD_REQUEST_400;
                fail(dispatcher.refusal(new HttpException(violation.reason(), status)), violation.code());
            }
            case Message.Closed closed -> throw new IllegalStateException("" + closed);
        }
        if (session.isFinished()) {
            over(WebSocket.NORMAL, "");
        }
    }

    /// Says what is wrong, and ends it.
    ///
    /// @param code with which it is closed, or null for that of the problem's status
    private void fail(Reply problem, @Nullable Integer code) throws IOException {
        if (!isOver) {
            int usual = problem.status() >= 500 ? WebSocket.INTERNAL_ERROR : WebSocket.POLICY;
            session.tell(problem);
            over(code == null ? usual : code, "");
        }
    }

    private void over(int code, String reason) throws IOException {
        if (!isOver) {
            isOver = true;
            since = System.nanoTime();
            socket.close(code, reason);
        }
    }

    private void watch() {
        try {
            boolean isDraining = false;
            while (reading != null) {
                if (isDraining) {
                    Thread.sleep(LOOK);
                } else if (inFlight.awaitDraining(LOOK)) {
                    isDraining = true;
                    whenFree(this::drain);
                }
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it is over
        }
    }

    private void look() throws InterruptedException {
        long most = config.limits().read().toNanos();
        long waited = System.nanoTime() - since;
        if (isOver ? waited > LINGER.toNanos() : socket.writing() > most) {
            cut();
        } else if (!isOver && isWaiting && waited > most) {
            whenFree(() -> fail(dispatcher.refusal(silent()), null));
        }
    }

    private HttpException silent() {
        return new HttpException(
                "nothing came for " + ServiceLimits.seconds(config.limits().read())
                        + " s; send samples as they are recorded, silence too",
                Status.REQUEST_TIMEOUT_408);
    }

    /// The answer to what has come, and the end.
    private void drain() throws IOException {
        session.finishWhatCame();
        over(WebSocket.GOING_AWAY, "the service is about to stop");
    }

    /// Does it as soon as the message under way is answered; cuts the connection where that takes too long.
    private void whenFree(Step step) throws InterruptedException {
        if (!turn.tryLock(config.limits().read().toNanos(), TimeUnit.NANOSECONDS)) {
            cut();
            return;
        }
        try {
            inTurn(step);
        } catch (IOException e) {
            cut();
        } finally {
            turn.unlock();
        }
    }

    /// Ends the thread that reads or writes, and with it the connection.
    private void cut() {
        Thread thread = reading;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public Duration idleTime() {
        return Duration.ZERO; // the watch knows better
    }

    @Override
    public void close(boolean interrupt) {
        cut();
    }
}
