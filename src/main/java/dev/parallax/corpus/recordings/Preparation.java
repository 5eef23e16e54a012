package dev.parallax.corpus.recordings;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
    /// @param facts   about its recording, where it is in a file and they were asked for, else null
    public record Prepared(
            Utterance utterance,
            List<Window> windows,
            @Nullable SoundFacts facts) {}

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

    private record Outcome(
            List<Window> windows,
            @Nullable SoundFacts facts,
            @Nullable String failure) {
        Outcome(String failure) {
            this(List.of(), null, failure);
        }
    }

    /// A recording that was decoded for its facts and is not decoded again for its features.
    private record Decoded(AudioSource source, Audio audio) implements AudioSource {
        @Override
        public Audio read() {
            return audio;
        }

        @Override
        public String contentHash() {
            return source.contentHash();
        }

        @Override
        public String decodingHash() {
            return source.decodingHash();
        }

        @Override
        public String description() {
            return source.description();
        }
    }

    /// Computes all features that are not kept yet, on several threads; the result does not depend on how many.
    ///
    /// @param windowSeconds longer recordings are cut into equal windows of at most this
    /// @param threads       at least 1
    public static Preparation of(
            List<Utterance> utterances, FeatureCache cache, double windowSeconds, int threads, Progress progress) {
        return collect(
                utterances,
                parallel(utterances, threads, progress, utterance -> attempt(utterance, cache, null, windowSeconds)));
    }

    /// The same, with the facts about every recording, which is decoded once for both.
    ///
    /// @param sounds where facts are kept
    public static Preparation withFacts(
            List<Utterance> utterances,
            FeatureCache cache,
            SoundCache sounds,
            double windowSeconds,
            int threads,
            Progress progress) {
        return collect(
                utterances,
                parallel(utterances, threads, progress, utterance -> attempt(utterance, cache, sounds, windowSeconds)));
    }

    /// What is made of each utterance, in their order, on several threads.
    ///
    /// @throws BadInputException if the work throws it
    public static <T extends @Nullable Object> List<T> parallel(
            List<Utterance> utterances, int threads, Progress progress, Function<Utterance, T> work) {
        List<Future<T>> outcomes = new ArrayList<>();
        AtomicInteger done = new AtomicInteger();
        Object turn = new Object();
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (Utterance utterance : utterances) {
                outcomes.add(workers.submit(() -> {
                    T outcome = work.apply(utterance);
                    synchronized (turn) {
                        progress.done(done.incrementAndGet(), utterances.size());
                    }
                    return outcome;
                }));
            }
            return collect(outcomes, workers);
        }
    }

    private static <T extends @Nullable Object> List<T> collect(List<Future<T>> outcomes, ExecutorService workers) {
        List<T> all = new ArrayList<>();
        try {
            for (Future<T> outcome : outcomes) {
                all.add(outcome.get());
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while recordings were read", e);
        } catch (ExecutionException e) {
            workers.shutdownNow();
            if (e.getCause() instanceof BadInputException bad) {
                throw bad;
            }
            throw new IllegalStateException("reading recordings failed: " + e.getCause(), e.getCause());
        }
        return all;
    }

    private static Outcome attempt(
            Utterance utterance, FeatureCache cache, @Nullable SoundCache sounds, double windowSeconds) {
        AudioSource whole = utterance.audio();
        if (whole == null) {
            return new Outcome(List.of(), null, null);
        }
        try {
            SoundCache.Heard heard =
                    sounds == null || !(whole instanceof FileAudio) ? null : sounds.heard(whole, windowSeconds);
            List<Window> windows = cache.windows(whole, windowSeconds).stream()
                    .map(window -> new Window(window, cache.frames(read(window, whole, heard))))
                    .toList();
            return new Outcome(windows, heard == null ? null : heard.facts(), null);
        } catch (BadInputException e) {
            return new Outcome(utterance.id() + ": " + e.getMessage());
        }
    }

    private static AudioSource read(AudioSource window, AudioSource whole, SoundCache.@Nullable Heard heard) {
        Audio audio = heard == null ? null : heard.audio();
        return window.equals(whole) && audio != null ? new Decoded(whole, audio) : window;
    }

    private static Preparation collect(List<Utterance> utterances, List<Outcome> outcomes) {
        List<Prepared> usable = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            if (outcome.failure() == null) {
                usable.add(new Prepared(utterances.get(i), outcome.windows(), outcome.facts()));
            } else {
                failures.add(new Failure(utterances.get(i), outcome.failure()));
            }
        }
        return new Preparation(List.copyOf(usable), List.copyOf(failures));
    }

    /// The usable utterances themselves.
    public List<Utterance> utterances() {
        return usable.stream().map(Prepared::utterance).toList();
    }
}
