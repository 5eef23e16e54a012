package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.AudioSource;
import dev.parallax.data.SpeechWindows;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The utterances of a corpus whose audio can be used, in the windows that a model hears, and those whose audio
/// cannot.
///
/// @param usable   in their order; those without audio are among them
/// @param failures in their order
public record Preparation(List<Prepared> usable, List<Failure> failures) {

    /// An utterance whose features are there.
    ///
    /// @param windows of its recording, in their order; empty where there is no audio
    public record Prepared(Utterance utterance, List<Window> windows) {}

    /// A part of a recording, or all of it.
    ///
    /// @param frames number of feature frames
    public record Window(AudioSource source, int frames) {}

    /// A recording that cannot be read.
    ///
    /// @param message one line: what, where, how to mend
    public record Failure(Utterance utterance, String message) {}

    /// Is told how far it is, from any thread, one call at a time.
    @FunctionalInterface
    public interface Progress {
        void done(int done, int total);
    }

    private record Outcome(List<Window> windows, @Nullable String failure) {}

    /// Computes all features that are not kept yet, on several threads; the result does not depend on how many.
    ///
    /// @param windowSeconds longer recordings are cut into equal windows of at most this
    /// @param threads       at least 1
    public static Preparation of(
            List<Utterance> utterances, FeatureCache cache, double windowSeconds, int threads, Progress progress) {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        Object turn = new Object();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (Utterance utterance : utterances) {
                outcomes.add(workers.submit(() -> {
                    Outcome outcome = attempt(utterance, cache, windowSeconds);
                    synchronized (turn) {
                        progress.done(done.incrementAndGet(), utterances.size());
                    }
                    return outcome;
                }));
            }
            return collect(utterances, outcomes, workers);
        }
    }

    private static Outcome attempt(Utterance utterance, FeatureCache cache, double windowSeconds) {
        AudioSource whole = utterance.audio();
        if (whole == null) {
            return new Outcome(List.of(), null);
        }
        try {
            List<Window> windows = SpeechWindows.of(whole, windowSeconds).stream()
                    .map(window -> new Window(window, cache.frames(window)))
                    .toList();
            return new Outcome(windows, null);
        } catch (BadInputException e) {
            return new Outcome(List.of(), utterance.id() + ": " + e.getMessage());
        }
    }

    private static Preparation collect(
            List<Utterance> utterances, List<Future<Outcome>> outcomes, ExecutorService workers) {
        List<Prepared> usable = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try {
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i).get();
                if (outcome.failure() == null) {
                    usable.add(new Prepared(utterances.get(i), outcome.windows()));
                } else {
                    failures.add(new Failure(utterances.get(i), outcome.failure()));
                }
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while features were computed", e);
        } catch (ExecutionException e) {
            workers.shutdownNow();
            throw new IllegalStateException("computing features failed: " + e.getCause(), e.getCause());
        }
        return new Preparation(List.copyOf(usable), List.copyOf(failures));
    }

    /// The usable utterances themselves.
    public List<Utterance> utterances() {
        return usable.stream().map(Prepared::utterance).toList();
    }

    /// This, where every recording could be read.
    ///
    /// @throws BadInputException otherwise; the lines of all are in [#failures]
    public Preparation orThrow() {
        if (!failures.isEmpty()) {
            throw new BadInputException(failures.size() + " of " + (usable.size() + failures.size())
                    + " recordings cannot be used; the first: "
                    + failures.getFirst().message());
        }
        return this;
    }
}
