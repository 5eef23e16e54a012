package dev.parallax.serve;

import dev.parallax.BadInputException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A running service: models that answer over HTTP. `docs/service.md` is its manual.
///
///     EmotionService service = EmotionService.start(config, models, log, wording);
///     service.port(); // 8080
///     service.close(); // what was accepted is answered
public final class EmotionService implements AutoCloseable {

    private static final int MOST_PATH = 2048; // bytes of the first line of a request

    private static final Duration GRACE = Duration.ofMillis(200); // for connections, when all have their answers

    // held, or the setting would be lost with it
    private final Logger silenced = Logger.getLogger("io.helidon");
    private final ServiceConfig config;
    private final InFlight inFlight = new InFlight();
    private final WorkQueue work;
    private final WebServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    private EmotionService(
            ServiceConfig config, Map<String, ServedModel> models, ServiceLog log, UnaryOperator<String> wording) {
        this.config = config;
        this.work = new WorkQueue(config.threads(), config.limits().queue());
        silenced.setLevel(Level.OFF); // its messages hold paths and stack traces
        Predictor predictor =
                new Predictor(config.limits().audioSeconds(), config.limits().textCharacters());
        Endpoints endpoints = new Endpoints(models, predictor, work, inFlight, new Metrics(), wording);
        Dispatcher dispatcher = new Dispatcher(config, endpoints, log);
        this.server = server(dispatcher, new StreamUpgrade(config, endpoints, dispatcher));
    }

    /// Starts a service.
    ///
    /// @param models  at least one, of different names; the first is asked where a request names none
    /// @param wording how messages name parts of a request
    /// @throws BadInputException where it cannot listen there
    public static EmotionService start(
            ServiceConfig config, List<ServedModel> models, ServiceLog log, UnaryOperator<String> wording) {
        Map<String, ServedModel> byName = new LinkedHashMap<>();
        for (ServedModel model : models) {
            if (byName.put(model.name(), model) != null) {
                throw new BadInputException(
                        "serve: two models are called \"" + model.name() + "\"; give them names: ‹model NAME=FILE›");
            }
        }
        EmotionService service = new EmotionService(config, byName, log, wording);
        try {
            service.server.start();
        } catch (RuntimeException e) {
            service.work.close();
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
                .build();
        return WebServer.builder()
                .address(config.address())
                .port(config.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addProtocol(http)
                .addConnectionSelector(Http1ConnectionSelector.builder()
                        .config(http)
                        .addUpgrader(streams)
                        .build())
                .maxPayloadSize(limits.bodyBytes())
                .maxTcpConnections(limits.connections())
                .shutdownGracePeriod(GRACE)
                .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false))
                .directHandlers(refusals())
                .routing(routing -> routing.any(dispatcher))
                .build();
    }

    /// What Helidon refuses before it is a request is a problem document too.
    private DirectHandlers refusals() {
        DirectHandlers.Builder all = DirectHandlers.builder();
        for (DirectHandler.EventType event : DirectHandler.EventType.values()) {
            all.addHandler(event, (_, _, status, headers, _) -> {
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
            default ->
                "this is no request of HTTP/1.1, or its path is longer than " + MOST_PATH + " bytes, or its headers are"
                        + " longer than " + config.limits().headerBytes() + "; texts belong in the body";
        };
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
        work.close();
        closed.countDown();
    }

    /// Waits until it has stopped.
    public void awaitClosed() throws InterruptedException {
        closed.await();
    }
}
