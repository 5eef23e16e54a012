package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The utterances of a corpus whose audio can be used, with their lengths, and those whose audio cannot.
///
/// @param usable   in their order; those without audio are among them
/// @param frames   number of feature frames of each usable one, 0 where there is no audio
/// @param failures in their order
public record Preparation(List<Utterance> usable, List<Integer> frames, List<Failure> failures) {

    /// A recording that cannot be read.
    ///
    /// @param message one line: what, where, how to mend
    public record Failure(Utterance utterance, String message) {}

    /// Is told how far it is, from any thread, one call at a time.
    @FunctionalInterface
    public interface Progress {
        void done(int done, int total);
    }

    private record Outcome(int frames, @Nullable String failure) {}

    /// Computes all features that are not kept yet, on several threads; the result does not depend on how many.
    ///
    /// @param threads at least 1
    public static Preparation of(List<Utterance> utterances, FeatureCache cache, int threads, Progress progress) {
        List<Future<Outcome>> outcomes = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        Object turn = new Object();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (Utterance utterance : utterances) {
                outcomes.add(workers.submit(() -> {
                    Outcome outcome = attempt(utterance, cache);
                    synchronized (turn) {
                        progress.done(done.incrementAndGet(), utterances.size());
                    }
                    return outcome;
                }));
            }
            return collect(utterances, outcomes, workers);
        }
    }

    private static Outcome attempt(Utterance utterance, FeatureCache cache) {
        if (utterance.audio() == null) {
            return new Outcome(0, null);
        }
        try {
            return new Outcome(cache.get(utterance).frames(), null);
        } catch (BadInputException e) {
            return new Outcome(0, utterance.id() + ": " + e.getMessage());
        }
    }

    private static Preparation collect(
            List<Utterance> utterances, List<Future<Outcome>> outcomes, ExecutorService workers) {
        List<Utterance> usable = new ArrayList<>();
        List<Integer> frames = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        try {
            for (int i = 0; i < outcomes.size(); i++) {
                Outcome outcome = outcomes.get(i).get();
                if (outcome.failure() == null) {
                    usable.add(utterances.get(i));
                    frames.add(outcome.frames());
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
        return new Preparation(List.copyOf(usable), List.copyOf(frames), List.copyOf(failures));
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
