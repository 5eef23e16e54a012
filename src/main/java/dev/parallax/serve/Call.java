package dev.parallax.serve;

import dev.parallax.io.Nearest;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HttpException;
import io.helidon.http.HttpMediaType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A request while it is answered.
///
/// @param name     what its path has in place of `{name}`; empty where its route has none
/// @param deadline by which it must have its answer
/// @param rooms    for bodies
record Call(ServerRequest request, String name, Deadline deadline, ServiceLimits limits, BodyRooms rooms) {

    private static final int FIRST_ROOM = 1 << 16; // bytes

    /// Refuses a query with other parameters than these, or with one of them twice.
    void allowOnly(List<String> parameters) {
        allowOnly(request.query(), parameters);
    }

    /// The same of a query.
    static void allowOnly(UriQuery query, List<String> parameters) {
        for (String given : query.names()) {
            if (!parameters.contains(given)) {
                throw bad("query: there is no parameter \"" + given + "\""
                        + (parameters.isEmpty() ? "" : ", the parameters are " + parameters)
                        + Nearest.hint(given, parameters));
            }
            if (query.all(given).size() > 1) {
                throw bad("query: " + given + " is given twice; give it once");
            }
        }
    }

    /// The value of a parameter of the query, or null.
    @Nullable
    String query(String parameter) {
        return request.query().contains(parameter) ? request.query().get(parameter) : null;
    }

    /// The media type of the body, or null where it is not given or none.
    @Nullable
    HttpMediaType type() {
        try {
            return request.headers().contentType().orElse(null);
        } catch (IllegalArgumentException | HttpException e) {
            return null;
        }
    }

    /// The body. It is read on a thread of its own, since a read knows no time: when that is over, the connection is
    /// closed, and the thread ends with it. Who has its answer gives its array back ([BodyRooms#giveBack]); where a
    /// request fails, somebody may read it still, and it is left to the garbage collector.
    ///
    /// @throws HttpException 413 where it is too large, 408 where it comes too slowly, 400 where it breaks off
    Stretch body() {
        AtomicLong last = new AtomicLong(System.nanoTime());
        FutureTask<Stretch> reading = new FutureTask<>(() -> read(last));
        Thread.ofVirtual().name("body").start(reading);
        while (true) {
            long pause = limits.read().toNanos() - (System.nanoTime() - last.get());
            try {
                return reading.get(Math.min(pause, deadline.left()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (deadline.left() <= 0
                        || System.nanoTime() - last.get() >= limits.read().toNanos()) {
                    throw slow(e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw slow(e);
            } catch (ExecutionException e) {
                throw refusal(e.getCause());
            }
        }
    }

    /// @param last gets the time of the last bytes
    private Stretch read(AtomicLong last) throws IOException {
        InputStream in = request.content().inputStream(); // to close it would read what is left of the body
        byte[] body = rooms.take(said(0));
        if (body.length < larger(0)) {
            body = new byte[larger(0)];
        }
        int size = 0;
        for (int count = in.read(body); count >= 0; count = in.read(body, size, body.length - size)) {
            last.set(System.nanoTime());
            size += count;
            if (size > limits.bodyBytes()) {
                throw tooLarge();
            }
            if (size == body.length) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                body = Arrays.copyOf(body, larger(size));
                body[size++] = (byte) next;
            }
        }
        return new Stretch(body, 0, size);
    }

    /// The room for a body of which `size` bytes have come: what it is said to have, but at most eight times what has
    /// come, since the rest may never come.
    private int larger(int size) {
        return (int) Math.clamp(said(size), size + 2L, Math.max(FIRST_ROOM, 8L * size));
    }

    /// The bytes that the body is said to have.
    private long said(int size) {
        return request.headers().contentLength().orElse(2L * size);
    }

    private HttpException refusal(@Nullable Throwable thrown) {
        return switch (thrown) {
            case HttpException e -> e;
            case RequestException e when e.status().code() == Status.REQUEST_ENTITY_TOO_LARGE_413.code() -> tooLarge();
            case Error e -> throw e;
            case null, default -> brokenOff(thrown); // what Helidon throws when the other side has gone
        };
    }

    private HttpException tooLarge() {
        return new HttpException(tooLarge(limits.bodyBytes()), Status.REQUEST_ENTITY_TOO_LARGE_413, false);
    }

    /// The message about a body of too many bytes.
    static String tooLarge(long most) {
        return "body: is larger than " + most
                + " bytes, the most that this service takes; send a shorter recording, or FLAC";
    }

    private HttpException slow(Throwable cause) {
        String message = "body: came too slowly: it must be whole within " + ServiceLimits.seconds(limits.request())
                + " s, without a pause of " + ServiceLimits.seconds(limits.read()) + " s";
        return new HttpException(message, Status.REQUEST_TIMEOUT_408, cause, false);
    }

    private static HttpException brokenOff(@Nullable Throwable cause) {
        return new HttpException("body: breaks off; send it whole", Status.BAD_REQUEST_400, cause, false);
    }

    private static HttpException bad(String message) {
        return new HttpException(message, Status.BAD_REQUEST_400);
    }
}
