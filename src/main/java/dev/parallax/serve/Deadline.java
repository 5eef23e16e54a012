package dev.parallax.serve;

import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.time.Duration;

/// When a request must have its answer.
///
/// @param limit the time it has
/// @param end   on the clock of [System#nanoTime]
record Deadline(Duration limit, long end) {

    /// From now on.
    static Deadline after(Duration limit) {
        return new Deadline(limit, System.nanoTime() + limit.toNanos());
    }

    /// What is left [ns]; 0 or less when it is over.
    long left() {
        return end - System.nanoTime();
    }

    /// Refuses the request when its time is over.
    void check() {
        if (left() <= 0) {
            throw missed();
        }
    }

    /// What a request gets whose answer was not ready.
    HttpException missed() {
        return new HttpException(
                "there was no answer within " + ServiceLimits.seconds(limit)
                        + " s; send a shorter recording, or ask again when the service has less to do",
                Status.SERVICE_UNAVAILABLE_503);
    }
}
