package dev.parallax.serve;

import java.util.Map;
import java.util.TreeMap;

/// What happened since the start, in the text format of Prometheus 0.0.4. Labels are routes, methods, statuses and the
/// names of models; nothing that a request brings is among them.
final class Metrics {

    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// Upper ends of the buckets of durations [s].
    private static final double[] BUCKETS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

    private final Map<String, Long> requests = new TreeMap<>();
    private final Map<String, Long> predictions = new TreeMap<>();
    private final Map<String, Durations> durations = new TreeMap<>();
    private final Map<String, Long> timedOut = new TreeMap<>();
    private final Map<String, Long> streamAnswers = new TreeMap<>();
    private int streams;

    /// Durations of one route.
    private static final class Durations {
        private final long[] counts = new long[BUCKETS.length];
        private long all;
        private double sum;
    }

    /// A request was answered.
    ///
    /// @param route   as the documentation writes it
    /// @param seconds from its headers to its answer
    synchronized void answered(String method, String route, int status, double seconds) {
        String labels = "method=\"" + method + "\",route=\"" + route + "\",status=\"" + status + "\"";
        requests.merge(labels, 1L, Long::sum);
        Durations its = durations.computeIfAbsent("route=\"" + route + "\"", _ -> new Durations());
        for (int i = 0; i < BUCKETS.length; i++) {
            its.counts[i] += seconds <= BUCKETS[i] ? 1 : 0;
        }
        its.all++;
        its.sum += seconds;
    }

    /// A request was refused before its method and path were known, or before it was a request at all.
    synchronized void refused(int status) {
        requests.merge("method=\"none\",route=\"none\",status=\"" + status + "\"", 1L, Long::sum);
    }

    /// A connection was closed since its other side took too long.
    ///
    /// @param waiting for what
    synchronized void timedOut(String waiting) {
        timedOut.merge("waiting=\"" + waiting + "\"", 1L, Long::sum);
    }

    /// A model answered so many utterances or talks.
    synchronized void predicted(String model, int count) {
        predictions.merge("model=\"" + model + "\"", (long) count, Long::sum);
    }

    /// A stream begins.
    synchronized void streamOpened() {
        streams++;
    }

    /// A stream is over.
    synchronized void streamClosed() {
        streams--;
    }

    /// A model answered a window of a stream.
    synchronized void streamAnswered(String model) {
        streamAnswers.merge("model=\"" + model + "\"", 1L, Long::sum);
    }

    /// All of it.
    ///
    /// @param taken places that are taken now
    synchronized String text(String version, int taken) {
        StringBuilder out = new StringBuilder();
        head(out, "parallax_info", "gauge", "the version of Parallax");
        line(out, "parallax_info", "version=\"" + version + "\"", "1");
        head(out, "parallax_requests_total", "counter", "requests that were answered or refused");
        requests.forEach((labels, count) -> line(out, "parallax_requests_total", labels, count.toString()));
        head(out, "parallax_connections_timed_out_total", "counter", "connections that were closed for their slowness");
        timedOut.forEach(
                (labels, count) -> line(out, "parallax_connections_timed_out_total", labels, count.toString()));
        head(out, "parallax_predictions_total", "counter", "utterances and talks that were answered");
        predictions.forEach((labels, count) -> line(out, "parallax_predictions_total", labels, count.toString()));
        head(out, "parallax_places_taken", "gauge", "requests that are computed or wait for it");
        line(out, "parallax_places_taken", "", Integer.toString(taken));
        head(out, "parallax_streams_open", "gauge", "streams that are open");
        line(out, "parallax_streams_open", "", Integer.toString(streams));
        head(out, "parallax_stream_answers_total", "counter", "answers to windows of streams");
        streamAnswers.forEach((labels, count) -> line(out, "parallax_stream_answers_total", labels, count.toString()));
        head(out, "parallax_request_seconds", "histogram", "time from the headers of a request to its answer");
        durations.forEach((route, its) -> histogram(out, route, its));
        return out.toString();
    }

    private static void histogram(StringBuilder out, String route, Durations its) {
        for (int i = 0; i < BUCKETS.length; i++) {
            String labels = route + ",le=\"" + BUCKETS[i] + "\"";
            line(out, "parallax_request_seconds_bucket", labels, Long.toString(its.counts[i]));
        }
        line(out, "parallax_request_seconds_bucket", route + ",le=\"+Inf\"", Long.toString(its.all));
        line(out, "parallax_request_seconds_sum", route, Double.toString(its.sum));
        line(out, "parallax_request_seconds_count", route, Long.toString(its.all));
    }

    private static void head(StringBuilder out, String name, String type, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, String value) {
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
        out.append(' ').append(value).append('\n');
    }
}
