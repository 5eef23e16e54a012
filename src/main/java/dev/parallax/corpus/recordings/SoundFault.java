package dev.parallax.corpus.recordings;

import dev.parallax.audio.source.SoundFacts;
import dev.parallax.audio.speech.RecordingMeasures;
import dev.parallax.io.Magnitude;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What can be wrong with a recording that can be read. A recording has all that are in it.
public enum SoundFault {

    /// Values as of integers: a conversion to floating point that forgot to divide.
    UNSCALED(Severity.ERROR, "are not scaled to ±1") {
        @Override
        public boolean isIn(SoundFacts facts) {
            return facts.peak() > RecordingMeasures.UNSCALED_PEAK;
        }

        @Override
        public String describe(String id, SoundFacts facts) {
            long divisor = 1L << 7;
            while (facts.peak() > divisor && divisor < 1L << 31) {
                divisor <<= 8;
            }
            return id + " is not scaled: values up to " + Magnitude.of(facts.peak()) + ", full scale is 1; "
                    + (facts.peak() > divisor ? "export it again as 16-bit PCM" : "divide by " + divisor);
        }
    },

    /// More than a few samples at full scale.
    CLIPPED(Severity.WARNING, "are clipped") {
        @Override
        public boolean isIn(SoundFacts facts) {
            return facts.fullScaleShare() > RecordingMeasures.CLIPPED_SHARE && !UNSCALED.isIn(facts);
        }

        @Override
        public String describe(String id, SoundFacts facts) {
            return String.format(
                    Locale.ROOT, "%s: %.1f %% of its samples are at full scale", id, 100 * facts.fullScaleShare());
        }
    },

    /// Nothing to hear.
    SILENT(Severity.ERROR, "are silent") {
        @Override
        public boolean isIn(SoundFacts facts) {
            return facts.swing() < SILENT_PEAK && !CLIPPED.isIn(facts) && !UNSCALED.isIn(facts);
        }

        @Override
        public String describe(String id, SoundFacts facts) {
            return String.format(Locale.ROOT, "%s: its loudest sample is %.6f of full scale", id, facts.swing());
        }
    },

    /// The samples do not lie around zero.
    OFFSET(Severity.WARNING, "have an offset") {
        @Override
        public boolean isIn(SoundFacts facts) {
            return Math.abs(facts.offset()) > LARGEST_OFFSET && !CLIPPED.isIn(facts) && !UNSCALED.isIn(facts);
        }

        @Override
        public String describe(String id, SoundFacts facts) {
            return String.format(
                    Locale.ROOT,
                    "%s: the mean of its samples is %.1f %% of full scale; subtract it, or filter out what is below 20 Hz",
                    id,
                    100 * facts.offset());
        }
    },

    /// Hardly a syllable.
    SHORT(Severity.WARNING, "are shorter than a syllable") {
        @Override
        public boolean isIn(SoundFacts facts) {
            return facts.seconds() < SHORT_SECONDS;
        }

        @Override
        public String describe(String id, SoundFacts facts) {
            return String.format(Locale.ROOT, "%s lasts %.3f s", id, facts.seconds());
        }
    };

    /// A recording that swings by less is silent: -66 dB, or 16 steps of a 16-bit recording.
    static final double SILENT_PEAK = 1.0 / 2048;

    /// A mean further from zero than this part of full scale is an offset.
    static final double LARGEST_OFFSET = 0.01;

    /// Shorter recordings [s] hold no more than a syllable.
    static final double SHORT_SECONDS = 0.25;

    private final Severity severity;
    private final String plural;

    SoundFault(Severity severity, String plural) {
        this.severity = severity;
        this.plural = plural;
    }

    /// Whether a recording has it.
    public abstract boolean isIn(SoundFacts facts);

    /// What is wrong with one recording, a line.
    public abstract String describe(String id, SoundFacts facts);

    /// How bad it is.
    public Severity severity() {
        return severity;
    }

    /// What several recordings are: `are silent`.
    public String plural() {
        return plural;
    }

    /// What scripts call it: `silent`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// All that are in a recording.
    public static List<SoundFault> of(SoundFacts facts) {
        return Arrays.stream(values()).filter(fault -> fault.isIn(facts)).toList();
    }
}
