package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.corpus.Verification.Finding;
import dev.parallax.corpus.Verification.Severity;
import dev.parallax.data.AudioSource;
import dev.parallax.data.FileAudio;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Listens to every recording of a corpus: can it be read, is there anything to hear, is it there twice?
final class ClipChecks {

    /// A clip whose loudest sample is below this is silent: -66 dB, or 16 steps of a 16-bit recording.
    static final double SILENT_PEAK = 1.0 / 2048;

    /// A clip with a larger share of samples at full scale than this is clipped. Speech that was only scaled until
    /// its loudest sample is full scale stays far below: EMO-DB's largest share is 0.0001.
    static final double CLIPPED_SHARE = 0.002;

    /// Full scale: the largest positive value of 16 bits, and anything beyond.
    private static final double FULL_SCALE = 32767 / 32768.0;

    /// Shorter clips [s] hold no more than a syllable.
    static final double SHORT_SECONDS = 0.25;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> idByContent = new LinkedHashMap<>();

    private ClipChecks() {}

    /// The findings about the recordings of these utterances, in their order.
    static List<Finding> of(List<Utterance> utterances) {
        ClipChecks checks = new ClipChecks();
        for (Utterance utterance : utterances) {
            AudioSource source = utterance.audio();
            if (source != null) {
                checks.check(utterance.id(), source);
            }
        }
        return checks.findings;
    }

    private void check(String id, AudioSource source) {
        try {
            String twin = idByContent.putIfAbsent(source.contentHash(), id);
            if (twin != null) {
                add(Severity.ERROR, "duplicate", id + " is the same recording as " + twin + "; keep one of them");
            }
            listen(id, source instanceof FileAudio file ? Audio.read(file.path(), this::doubtful) : source.read());
        } catch (BadInputException e) {
            add(Severity.ERROR, "unreadable", String.valueOf(e.getMessage()));
        }
    }

    private void doubtful(String warning) {
        add(Severity.WARNING, "unreadable", warning);
    }

    private void listen(String id, Audio audio) {
        float[] samples = audio.samples();
        double peak = 0;
        int full = 0;
        for (float sample : samples) {
            double size = Math.abs(sample);
            peak = Math.max(peak, size);
            full += size >= FULL_SCALE ? 1 : 0;
        }
        if (audio.seconds() < SHORT_SECONDS) {
            add(Severity.WARNING, "short", String.format(Locale.ROOT, "%s lasts %.3f s", id, audio.seconds()));
        }
        if (peak < SILENT_PEAK) {
            add(
                    Severity.ERROR,
                    "silent",
                    String.format(Locale.ROOT, "%s: its loudest sample is %.6f of full scale", id, peak));
        }
        if (full > CLIPPED_SHARE * samples.length) {
            double percent = 100.0 * full / samples.length;
            add(
                    Severity.WARNING,
                    "clipped",
                    String.format(Locale.ROOT, "%s: %.1f %% of its samples are at full scale", id, percent));
        }
    }

    private void add(Severity severity, String kind, String message) {
        findings.add(new Finding(severity, kind, message));
    }
}
