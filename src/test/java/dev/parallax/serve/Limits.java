package dev.parallax.serve;

import java.time.Duration;

/// Limits with one of them changed: a fixture.
record Limits(ServiceLimits limits) {

    static Limits standard() {
        return new Limits(ServiceLimits.DEFAULT);
    }

    Limits body(long bytes) {
        return new Limits(new ServiceLimits(
                bytes,
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits audio(double seconds) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                seconds,
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits text(int characters) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                characters,
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits batch(int most) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                most,
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits queue(int places) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                places,
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits headers(int bytes) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                bytes,
                limits.connections(),
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    Limits connections(int most) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                most,
                limits.request(),
                limits.read(),
                limits.idle(),
                limits.drain()));
    }

    /// Milliseconds.
    Limits idle(long most) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                limits.request(),
                limits.read(),
                Duration.ofMillis(most),
                limits.drain()));
    }

    /// Times, in milliseconds.
    Limits times(long request, long read, long drain) {
        return new Limits(new ServiceLimits(
                limits.bodyBytes(),
                limits.audioSeconds(),
                limits.textCharacters(),
                limits.batchSize(),
                limits.queue(),
                limits.headerBytes(),
                limits.connections(),
                Duration.ofMillis(request),
                Duration.ofMillis(read),
                limits.idle(),
                Duration.ofMillis(drain)));
    }
}
