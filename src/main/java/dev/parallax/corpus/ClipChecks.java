package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.AudioFile;
import dev.parallax.audio.Ffmpeg;
import dev.parallax.corpus.Verification.Finding;
import dev.parallax.corpus.Verification.Severity;
import dev.parallax.data.AudioSource;
import dev.parallax.data.FileAudio;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/// Listens to every recording of a corpus: can it be read, is there anything to hear, is it there twice, is it at the
/// sample rate that was published?
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

    private static final String POINTER = "version https://git-lfs";

    /// What was published about the recordings.
    ///
    /// @param sampleRate of them all [Hz], 0 where nothing was
    /// @param faults     id to what is wrong with a recording that was published so
    record Expected(int sampleRate, Map<String, String> faults) {
        /// Nothing was published.
        static final Expected NOTHING = new Expected(0, Map.of());
    }

    private final Expected expected;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> idByContent = new LinkedHashMap<>();
    private final List<String> pointers = new ArrayList<>();
    private final List<String> stereo = new ArrayList<>();
    private final Map<String, Integer> otherRates = new LinkedHashMap<>();
    private final List<String> decoded = new ArrayList<>();
    private int heard;

    private ClipChecks(Expected expected) {
        this.expected = expected;
    }

    /// The findings about the recordings of these utterances, in their order.
    ///
    /// @param done told after each utterance how many are done
    static List<Finding> of(List<Utterance> utterances, Expected expected, IntConsumer done) {
        ClipChecks checks = new ClipChecks(expected);
        for (int i = 0; i < utterances.size(); i++) {
            AudioSource source = utterances.get(i).audio();
            if (source != null) {
                checks.check(utterances.get(i).id(), source);
            }
            done.accept(i + 1);
        }
        checks.summarise();
        return checks.findings;
    }

    private void check(String id, AudioSource source) {
        heard++;
        try {
            if (source instanceof FileAudio file) {
                file.requireNoPipe();
            }
            if (source instanceof FileAudio file && isPointer(file.path())) {
                pointers.add(id);
                return;
            }
            String twin = idByContent.putIfAbsent(source.contentHash(), id);
            if (twin != null) {
                add(id, Severity.ERROR, "duplicate", id + " is the same recording as " + twin + "; keep one of them");
            }
            listen(id, source instanceof FileAudio file ? open(id, file.path()) : source.read());
        } catch (BadInputException e) {
            add(id, Severity.ERROR, "unreadable", String.valueOf(e.getMessage()));
        }
    }

    private Audio open(String id, Path path) {
        Consumer<String> warnings = warning -> add(id, Severity.WARNING, "unreadable", warning);
        try (AudioFile file = AudioFile.open(path, Ffmpeg.ON_PATH, warnings)) {
            if (file.decoder() != null) {
                decoded.add(id);
            }
            if (expected.sampleRate > 0 && file.sampleRate() != expected.sampleRate) {
                otherRates.put(id, file.sampleRate());
            }
            if (file.channels() > 1) {
                stereo.add(id);
            }
            return file.readAll();
        }
    }

    /// Whether the file is what git leaves in place of a large one that was not fetched.
    static boolean isPointer(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(POINTER.length());
            return POINTER.equals(new String(start, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // reading the recording tells why
        }
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
            String message = String.format(Locale.ROOT, "%s lasts %.3f s", id, audio.seconds());
            add(id, Severity.WARNING, "short", message);
        }
        if (peak < SILENT_PEAK) {
            String message = String.format(Locale.ROOT, "%s: its loudest sample is %.6f of full scale", id, peak);
            add(id, Severity.ERROR, "silent", message);
        }
        if (full > CLIPPED_SHARE * samples.length) {
            double percent = 100.0 * full / samples.length;
            String message = String.format(Locale.ROOT, "%s: %.1f %% of its samples are at full scale", id, percent);
            add(id, Severity.WARNING, "clipped", message);
        }
    }

    /// What many recordings have in common is one finding: a corpus that was not fetched, or converted as a whole.
    private void summarise() {
        if (!pointers.isEmpty()) {
            findings.add(new Finding(
                    Severity.ERROR,
                    "pointer",
                    pointers.size() + " of " + heard + " files are git-lfs pointers, not recordings; run `git lfs pull`"
                            + " in the corpus's repository",
                    pointers));
        }
        if (2 * otherRates.size() > heard) {
            findings.add(new Finding(
                    Severity.WARNING,
                    "rate",
                    otherRates.size() + " of " + heard + " recordings are not at " + expected.sampleRate
                            + " Hz as published: converted? Compare results only within this copy",
                    List.copyOf(otherRates.keySet())));
        } else {
            otherRates.forEach((id, rate) -> add(
                    id,
                    Severity.ERROR,
                    "rate",
                    id + " is at " + rate + " Hz, published are " + expected.sampleRate
                            + " Hz; copy it from the archive again"));
        }
        if (!stereo.isEmpty()) {
            String message = stereo.size() + " recordings have several channels, which are averaged";
            findings.add(new Finding(Severity.NOTE, "channels", message, stereo));
        }
        if (!decoded.isEmpty()) {
            String message = decoded.size() + " recordings are decoded by " + Ffmpeg.ON_PATH.version();
            findings.add(new Finding(Severity.NOTE, "decoder", message, decoded));
        }
    }

    /// Adds a finding; it is good to know, no fault, if the recording was published so.
    private void add(String id, Severity severity, String kind, String message) {
        Finding finding = new Finding(severity, kind, message);
        String known = expected.faults.get(id);
        findings.add(known == null ? finding : finding.as(Severity.NOTE, " (published so: " + known + ")"));
    }
}
