package dev.parallax.corpus.verify;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.recordings.SoundFault;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Listens to every recording of a corpus: can it be read, is there anything to hear, is it there twice, is it at the
/// sample rate that was published?
public final class ClipChecks {

    private static final String POINTER = "version https://git-lfs";

    /// What was published about the recordings.
    ///
    /// @param sampleRate of them all [Hz], 0 where nothing was
    /// @param faults     id to what is wrong with a recording that was published so
    /// @param copies     recordings that were published more than once
    public record Expected(int sampleRate, Map<String, String> faults, PublishedCopies copies) {
        /// Nothing was published.
        public static final Expected NOTHING = new Expected(0, Map.of());

        /// Nothing was published more than once.
        public Expected(int sampleRate, Map<String, String> faults) {
            this(sampleRate, faults, PublishedCopies.NONE);
        }
    }

    private final Expected expected;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> pointers = new ArrayList<>();
    private final List<String> stereo = new ArrayList<>();
    private final Map<String, Integer> otherRates = new LinkedHashMap<>();
    private final List<String> decoded = new ArrayList<>();
    private int heard;

    private ClipChecks(Expected expected) {
        this.expected = expected;
    }

    /// What came of listening to one recording: facts, or why there are none, or nothing where it is a pointer.
    ///
    /// @param elsewhere whether another program decoded it
    private record Heard(
            @Nullable SoundFacts facts,
            boolean elsewhere,
            @Nullable String failure) {}

    /// The findings about the recordings of these utterances, in their order.
    public static List<Finding> of(List<Utterance> utterances, Expected expected, VerificationOptions listening) {
        List<Heard> heard = Preparation.parallel(
                utterances, listening.threads(), listening.done(), utterance -> hear(utterance, listening.sounds()));
        ClipChecks checks = new ClipChecks(expected);
        for (int i = 0; i < heard.size(); i++) {
            if (utterances.get(i).audio() != null) {
                checks.check(utterances.get(i).id(), heard.get(i));
            }
        }
        List<@Nullable SoundFacts> facts = new ArrayList<>();
        heard.forEach(each -> facts.add(each.facts()));
        checks.compare(utterances, facts, listening.threads());
        checks.summarise();
        return checks.findings;
    }

    private static Heard hear(Utterance utterance, SoundCache sounds) {
        AudioSource source = utterance.audio();
        if (source == null || (source instanceof FileAudio file && isPointer(file.path()))) {
            return new Heard(null, false, null);
        }
        try {
            if (source instanceof FileAudio file) {
                file.requireNoPipe();
            }
            return new Heard(sounds.facts(source), source.decoder() != null, null);
        } catch (BadInputException e) {
            return new Heard(null, false, e.getMessage());
        }
    }

    private void check(String id, Heard recording) {
        heard++;
        SoundFacts facts = recording.facts();
        if (facts == null) {
            if (recording.failure() == null) {
                pointers.add(id);
            } else {
                add(id, Severity.ERROR, "unreadable", recording.failure());
            }
            return;
        }
        if (recording.elsewhere()) {
            decoded.add(id);
        }
        facts.warnings().forEach(warning -> add(id, Severity.WARNING, "unreadable", warning));
        if (expected.sampleRate > 0 && facts.sampleRate() != expected.sampleRate) {
            otherRates.put(id, facts.sampleRate());
        }
        if (facts.channels() > 1) {
            stereo.add(id);
        }
        for (SoundFault fault : SoundFault.of(facts)) {
            add(id, fault.severity(), fault.word(), fault.describe(id, facts));
        }
    }

    /// Copies are errors: a score on what was learned by heart is no score. Those that were published are notes,
    /// since they never come into two parts.
    private void compare(List<Utterance> utterances, List<@Nullable SoundFacts> facts, int threads) {
        for (SoundCopies.Copy copy : SoundCopies.of(utterances, facts, threads).copies()) {
            String id = copy.copy().id();
            if (expected.copies.know(copy)) {
                String rule = copy.contradicts()
                        ? " under another label; neither is learned from or scored"
                        : "; both stay in one part";
                findings.add(new Finding(
                        Severity.NOTE, "duplicate", copy.describe() + ", which was published twice" + rule));
                continue;
            }
            String other = copy.contradicts()
                    ? " but is labelled " + copy.copy().emotion() + ", not "
                            + copy.original().emotion() + "; find out which is right, and keep that one"
                    : "; keep one of them";
            add(id, Severity.ERROR, "duplicate", copy.describe() + inTwoParts(copy) + other);
        }
    }

    /// Whether the file is what git leaves in place of a large one that was not fetched.
    public static boolean isPointer(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(POINTER.length());
            return POINTER.equals(new String(start, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // reading the recording tells why
        }
    }

    private static String inTwoParts(SoundCopies.Copy copy) {
        String part = copy.copy().split();
        String other = copy.original().split();
        return part == null || other == null || part.equals(other)
                ? ""
                : " and is in " + part + " while that is in " + other + ": scores will be too good";
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
            String message = Count.of(stereo.size(), "recording has", "recordings have")
                    + " several channels, which are averaged";
            findings.add(new Finding(Severity.NOTE, "channels", message, stereo));
        }
        if (!decoded.isEmpty()) {
            String message = Count.of(decoded.size(), "recording is", "recordings are") + " decoded by "
                    + Ffmpeg.ON_PATH.version();
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
