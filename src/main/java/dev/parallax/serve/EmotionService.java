package dev.parallax.serve;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ErrorHandling;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A running service: models that answer over HTTP. `docs/service.md` is its manual.
///
///     EmotionService service = EmotionService.start(config, models, log);
///     service.port(); // 8080
///     service.close(); // what was accepted is answered
public final class EmotionService implements AutoCloseable {

    private static final int MOST_PATH = 2048; // bytes of the first line of a request

    private static final Status HEADERS_TOO_LARGE = Status.create(431, "Request Header Fields Too Large");
    private static final String TOO_MANY_HEADERS = "Header size exceeded"; // what Helidon says of them, with status 400

    private static final Duration GRACE = Duration.ofMillis(200); // for connections, when all have their answers

    // held, or the setting would be lost with it
    private final Logger silenced = Logger.getLogger("io.helidon");
    private final ServiceConfig config;
    private final Models models;
    private final ServiceLog log;
    private @Nullable TlsCertificate certificate;
    private final InFlight inFlight = new InFlight();
    private final WorkQueue work;
    private final Connections connections;
    private final WebServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private EmotionService(ServiceConfig config, Models models, ServiceLog log) {
        this.config = config;
        this.models = models;
        this.log = log;
        this.certificate = config.tls();
        this.work = new WorkQueue(config.threads(), config.limits().queue());
        silenced.setLevel(Level.OFF); // its messages hold paths and stack traces
        Predictor predictor =
                new Predictor(config.limits().audioSeconds(), config.limits().textCharacters());
        Metrics metrics = new Metrics();
        Endpoints endpoints = new Endpoints(models, this::reload, predictor, work, inFlight, metrics);
        this.connections = new Connections(config.limits(), metrics, log);
        Dispatcher dispatcher = new Dispatcher(config, endpoints, connections, log);
        this.server = server(dispatcher, new StreamUpgrade(config, endpoints, dispatcher));
    }

    /// Starts a service.
    ///
    /// @param models at least one, of different names; the first is asked where a request names none
    /// @throws BadInputException where a model cannot be read, or it cannot listen there
    public static EmotionService start(ServiceConfig config, List<ModelSource> models, ServiceLog log) {
        EmotionService service = new EmotionService(config, new Models(models), log);
        try {
            service.server.start();
            if (!service.server.isRunning()) {
                throw new IllegalStateException("not started"); // Helidon has logged why, and thrown nothing
            }
        } catch (RuntimeException e) {
            service.work.close();
            service.connections.close();
            throw new BadInputException(
                    "serve: cannot listen at ‹host " + config.host() + "› ‹port " + config.port()
                            + "›: is the port taken, or the address another machine's? Give another",
                    e);
        }
        return service;
    }

    private WebServer server(Dispatcher dispatcher, StreamUpgrade streams) {
        ServiceLimits limits = config.limits();
        Http1Config http = Http1Config.builder()
                .maxPrologueLength(MOST_PATH)
                .maxHeadersSize(limits.headerBytes())
                .continueImmediately(false)
                .addReceiveListener(connections)
                .build();
        var server = WebServer.builder()
                .address(config.address())
                .port(config.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .connectionOptions(new AcceptedSockets(SocketOptions.create(), connections::accepted))
                .addConnectionSelector(connections.over(Http1ConnectionSelector.builder()
                        .config(http)
                        .addUpgrader(streams)
                        .build()))
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .shutdownGracePeriod(GRACE)
                .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false))
                .errorHandling(ErrorHandling.builder().includeEntity(true).build()) // tells the refusals what is wrong
                .directHandlers(refusals(dispatcher))
                .routing(routing -> routing.any(dispatcher));
        TlsCertificate own = config.tls();
        if (own != null) {
            // the engine of channels asks for the name of each client, which may take seconds where there is no DNS
            server.tls(own.tls()).useNio(false);
        }
        return server.build();
    }

    /// What Helidon refuses before it is a request is a problem document too.
    private DirectHandlers refusals(Dispatcher dispatcher) {
        DirectHandlers.Builder all = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            all.addHandler(event, (_, _, given, headers, message) -> {
                Status status = TOO_MANY_HEADERS.equals(message) ? HEADERS_TOO_LARGE : given;
                if (event != DirectHandler.EventType.INTERNAL_ERROR) { // else its client is gone
                    dispatcher.refusedUnread(status.code());
                }
                Reply reply = Reply.problem(status.code(), status.reasonPhrase(), detail(status));
                headers.set(HeaderNames.CONTENT_TYPE, reply.type());
                return DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .keepAlive(false)
                        .entity(reply.bytes())
                        .build();
            });
        }
        return all.build();
    }

    private String detail(Status status) {
        return switch (status.code()) {
            case 413 -> Call.tooLarge(config.limits().bodyBytes());
            case 414 -> "the path and its query are longer than " + MOST_PATH + " bytes; texts belong in the body";
            case 431 ->
                "the headers are longer than " + config.limits().headerBytes() + " bytes; texts belong in the body";
            default -> "this is no request of HTTP/1.1, as RFC 9112 describes it; use a client of HTTP/1.1";
        };
    }

    /// Reads again each model, and the certificate, whose files have changed. What cannot be read stays as it was. The
    /// log and the answer say which did what.
    public synchronized JsonObject reload() {
        List<Models.Reloaded> outcomes = models.reload();
        outcomes.forEach(each -> each.tell(log));
        JsonObject answer = Json.object()
                .with(
                        "models",
                        Json.array(
                                outcomes.stream().map(Models.Reloaded::toJson).toList()));
        return certificate == null ? answer : answer.with("certificate", reload(certificate));
    }

    private JsonObject reload(TlsCertificate old) {
        try {
            TlsCertificate read = old.again();
            boolean isNew = !read.isSameAs(old);
            if (isNew) {
                server.reloadTls(read.tls());
                certificate = read;
            }
            String warning = isNew ? read.warning() : null;
            String outcome = isNew ? "reloaded" : "unchanged";
            log.said("certificate: " + outcome);
            if (warning != null) {
                log.warned(warning);
            }
            return Json.object().with("outcome", outcome);
        } catch (BadInputException e) {
            log.warned("certificate: kept; " + e.getMessage());
            return Json.object().with("outcome", "kept").with("error", "cannot be used; the log says why");
        }
    }

    /// The port that is listened at.
    public int port() {
        return server.port();
    }

    /// Stops: what was accepted is answered, within the time that the limits give; what comes meanwhile gets 503.
    @Override
    public void close() {
        inFlight.drain(config.limits().drain());
        server.stop();
        connections.close();
        work.close();
        closed.countDown();
    }

    /// Waits until it has stopped.
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }
}
