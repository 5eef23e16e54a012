package dev.parallax.serve;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds the route of each request, refuses who may not ask, and makes each failure a problem document. What is
/// logged and counted of a request is its method, its route, its status and its time.
final class Dispatcher implements Handler {

    private static final String NO_ROUTE = "none";

    private static final String CONNECTION = "Connection";
    private static final Pattern OWN_HOST =
            Pattern.compile("(?i)(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?");

    private final ServiceConfig config;
    private final List<Route> routes;
    private final WorkQueue work;
    private final InFlight inFlight;
    private final Connections connections;
    private final Metrics metrics;
    private final ServiceLog log;
    private final BodyRooms rooms = new BodyRooms();

    Dispatcher(ServiceConfig config, Endpoints endpoints, Connections connections, ServiceLog log) {
        this.config = config;
        this.routes = endpoints.routes();
        this.work = endpoints.work();
        this.inFlight = endpoints.inFlight();
        this.connections = connections;
        this.metrics = endpoints.metrics();
        this.log = log;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        Deadline deadline = Deadline.after(config.limits().request());
        String method = request.prologue().method().text();
        String path = request.path().absolute().path();
        List<Route> there =
                routes.stream().filter(route -> route.match(path) != null).toList();
        Route route =
                there.stream().filter(each -> each.answers(method)).findFirst().orElse(null);
        boolean isOpen = route != null && route.access() == Route.Access.OPEN;
        boolean isAccepted = isOpen || inFlight.begin();
        try {
            Reply reply = isAccepted ? answer(route, there, request, path, deadline) : draining();
            finish(route == null ? NO_ROUTE : route.path(), route == null ? NO_ROUTE : method, reply, deadline);
            boolean isRead = request.content().consumed();
            boolean isLast = !isRead || isLast(request, reply);
            SocketAddress client = request.remotePeer().address();
            connections.answering(client);
            send(isLast ? closing(reply) : reply, method.equals("HEAD"), origin(request), response);
            if (isLast && isRead) {
                connections.done(client);
            }
            if (isLast) {
                throw new CloseConnectionException("this was its last answer");
            }
            connections.waiting(client);
        } finally {
            if (isAccepted && !isOpen) {
                inFlight.end();
            }
        }
    }

    private Reply answer(
            @Nullable Route route, List<Route> there, ServerRequest request, String path, Deadline deadline) {
        try {
            requireOwnHost(request.headers());
            if (route == null) {
                boolean isPreflight = request.prologue().method().equals(Method.OPTIONS) && origin(request) != null;
                return there.isEmpty() ? notFound() : isPreflight ? preflight(there) : notAllowed(there);
            }
            if (route.access() != Route.Access.OPEN) {
                requireToken(request.headers().first(HeaderNames.AUTHORIZATION).orElse(null));
            }
            if (route.access() == Route.Access.ADMIN) {
                requireThisMachine(request);
            }
            String name = Objects.requireNonNull(route.match(path));
            Call call = new Call(request, name, deadline, config.limits(), rooms);
            if (route.access() != Route.Access.PLACE) {
                return route.endpoint().answer(call);
            }
            work.enter();
            try {
                return route.endpoint().answer(call);
            } finally {
                work.leave();
            }
        } catch (RuntimeException | Error e) {
            return refusal(e);
        }
    }

    /// What is said where an answer fails.
    Reply refusal(Throwable thrown) {
        return switch (thrown) {
            case HttpException e -> refused(e);
            case BadInputException e -> problem(Status.UNPROCESSABLE_CONTENT_422, String.valueOf(e.getMessage()));
            case ShapeException e -> problem(Status.UNPROCESSABLE_CONTENT_422, String.valueOf(e.getMessage()));
            case BackendException e -> problem(Status.UNPROCESSABLE_CONTENT_422, String.valueOf(e.getMessage()));
            case OutOfMemoryError e -> {
                log.warned("out of memory: a request was refused; give Java a larger heap, such as"
                        + " PARALLAX_JAVA_OPTS=-Xmx4g, or lower ‹max-audio› or ‹max-body›");
                yield problem(
                        Status.SERVICE_UNAVAILABLE_503,
                        "the service is out of memory; send a shorter recording, or ask again later");
            }
            default -> {
                log.internal(thrown);
                yield problem(
                        Status.INTERNAL_SERVER_ERROR_500, "an error in Parallax, whose service has it in its log");
            }
        };
    }

    /// Refuses who bears no valid token, where there is one.
    ///
    /// @param given the value of the header `Authorization`, or null
    void requireToken(@Nullable String given) {
        Token token = config.token();
        if (token != null && !token.isBorneBy(given)) {
            throw new HttpException(
                            "the request bears no valid token; send Authorization: Bearer TOKEN",
                            Status.UNAUTHORIZED_401)
                    .header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer"));
        }
    }

    /// Without a token only this machine asks. A page from elsewhere, whose name has been made to stand for this
    /// machine (DNS rebinding), gives that name as the host.
    void requireOwnHost(Headers headers) {
        String host = headers.first(HeaderNames.HOST).orElse("");
        if (config.token() == null && !OWN_HOST.matcher(host).matches()) {
            throw new HttpException(
                    "Host: is no name of this machine; without a token the service answers to localhost alone",
                    Status.create(421, "Misdirected Request"));
        }
    }

    /// Who runs the service asks from its machine, and not with a page of a browser, which may be anybody's.
    private static void requireThisMachine(ServerRequest request) {
        boolean isHere = request.remotePeer().address() instanceof InetSocketAddress client
                && client.getAddress().isLoopbackAddress();
        if (!isHere || request.headers().contains(HeaderNames.ORIGIN)) {
            throw new HttpException(
                    "this is for the machine on which the service runs; ask it there, with curl", Status.FORBIDDEN_403);
        }
    }

    /// The origin of the page that asks, where its answer may be read by it; else null.
    private @Nullable String origin(ServerRequest request) {
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        return config.origins().contains(origin) ? origin : null;
    }

    /// What a browser asks before it sends the request of a page.
    private static Reply preflight(List<Route> there) {
        return new Reply(204, Reply.PLAIN, "", Map.of())
                .with("Access-Control-Allow-Methods", methods(there))
                .with("Access-Control-Allow-Headers", "Authorization, Content-Type");
    }

    private static String methods(List<Route> there) {
        return there.stream().map(Route::methods).collect(Collectors.joining(", "));
    }

    private Reply refused(HttpException refusal) {
        Reply reply = problem(refusal.status(), String.valueOf(refusal.getMessage()));
        for (Header header : refusal.headers()) {
            reply = reply.with(header.name(), header.get());
        }
        return reply;
    }

    private Reply problem(Status status, String message) {
        return Reply.problem(status.code(), status.reasonPhrase(), PartNames.in(message));
    }

    private Reply notFound() {
        return problem(
                Status.NOT_FOUND_404,
                "there is nothing here; there are "
                        + routes.stream()
                                .map(route -> route.method() + " " + route.path())
                                .collect(Collectors.joining(", ")));
    }

    private Reply notAllowed(List<Route> there) {
        return problem(Status.METHOD_NOT_ALLOWED_405, "this answers " + methods(there) + " alone")
                .with("Allow", methods(there));
    }

    /// What is said to who comes while the service drains.
    Reply draining() {
        return closing(problem(
                Status.SERVICE_UNAVAILABLE_503, "the service is about to stop and takes no new requests; ask another"));
    }

    private static Reply closing(Reply reply) {
        return reply.with(CONNECTION, "close");
    }

    /// Whether the connection ends with this answer, by the wish of either side.
    private static boolean isLast(ServerRequest request, Reply reply) {
        return reply.headers().containsKey(CONNECTION) || request.headers().contains(HeaderValues.CONNECTION_CLOSE);
    }

    /// Counts and logs a request.
    void finish(String route, String method, Reply reply, Deadline deadline) {
        double seconds = (config.limits().request().toNanos() - deadline.left()) / 1e9;
        metrics.answered(method, route, reply.status(), seconds);
        log.answered(method, route, reply.status(), seconds);
    }

    /// Counts and logs a request that is none, or is refused before it is read.
    void refusedUnread(int status) {
        metrics.refused(status);
        log.said(NO_ROUTE + " " + NO_ROUTE + " " + status + ", refused unread");
    }

    /// @param isHead whether the answer is that to a GET without its body
    private void send(Reply reply, boolean isHead, @Nullable String origin, ServerResponse response) {
        if (origin != null) {
            response.header("Access-Control-Allow-Origin", origin);
        }
        if (!config.origins().isEmpty()) {
            response.header(HeaderNames.VARY, "Origin");
        }
        response.status(reply.status());
        response.header(HeaderNames.CONTENT_TYPE, reply.type());
        response.header("X-Content-Type-Options", "nosniff");
        response.header(HeaderNames.CACHE_CONTROL, "no-store");
        reply.headers().forEach((name, value) -> response.header(name, value));
        byte[] body = reply.bytes();
        if (isHead && body.length > 0) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send(new byte[0]);
        } else {
            response.send(body);
        }
    }
}
