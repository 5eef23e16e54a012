package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.verify.ClipChecks;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Utterance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Compares a folder with EMO-DB as published: which recordings, how many per emotion and per speaker, and what is
/// in them. The list of names and hashes is of a copy whose counts are those of the paper: 535 recordings, anger
/// 127, boredom 81, disgust 46, fear 69, happiness 71, neutral 79, sadness 62.
final class EmoDbVerification {

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private final Map<String, String> published;
    private final List<Utterance> utterances;
    private final List<Finding> findings = new ArrayList<>();

    /// @param published name to the first digits of the SHA-256 of each recording that ought to be there
    EmoDbVerification(Map<String, String> published, List<Utterance> utterances) {
        this.published = published;
        this.utterances = utterances;
    }

    /// Name to the first 16 hexadecimal digits of the SHA-256 of each of the 535 recordings, in alphabetical order.
    static Map<String, String> published() {
        Map<String, String> hashes = new LinkedHashMap<>();
        try (InputStream in = EmoDbVerification.class.getResourceAsStream("emodb.txt")) {
            if (in == null) {
                throw new IllegalStateException("the resource emodb.txt is missing from the jar");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().map(line -> line.split(" ", -1)).forEach(parts -> hashes.put(parts[0], parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hashes;
    }

    /// @param corpus what is checked, as in `emodb:/data/emodb`
    /// @param found  what did not fit when it was read
    Verification run(String corpus, List<Finding> found, VerificationOptions listening) {
        compareContents();
        return new CopyCheck(corpus, utterances, found)
                .names(published.keySet(), ".wav")
                .counts("emotion", Utterance::emotion, count(EmoDbClip::emotion))
                .counts("speaker", Utterance::speaker, count(EmoDbClip::speaker))
                .findings(findings)
                .recordings(AUDIO, listening)
                .verification();
    }

    private Map<String, Integer> count(Function<EmoDbClip, String> group) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : published.keySet()) {
            EmoDbClip clip = EmoDbClip.parse(name);
            if (clip != null) {
                counts.merge(group.apply(clip), 1, Integer::sum);
            }
        }
        return counts;
    }

    /// A recording under another's name has the wrong label; one with unknown content was damaged or changed. If
    /// most are unknown, the copy was converted as a whole, which is one warning and not 535 errors.
    private void compareContents() {
        Map<String, String> nameByHash = new LinkedHashMap<>();
        published.forEach((name, hash) -> nameByHash.put(hash, name));
        List<String> changed = new ArrayList<>();
        for (Utterance utterance : utterances) {
            String hash = hash(utterance);
            String wanted = published.get(utterance.id());
            if (hash == null || hash.equals(wanted)) {
                continue;
            }
            String trueName = nameByHash.get(hash);
            if (trueName == null && wanted != null) {
                changed.add(utterance.id());
            } else if (trueName != null) {
                add(
                        Severity.ERROR,
                        utterance.id() + ".wav is the recording published as " + trueName
                                + ".wav: its label would be wrong; rename it");
            }
        }
        if (2 * changed.size() > utterances.size()) {
            add(
                    Severity.WARNING,
                    changed.size() + " recordings differ from the published ones:"
                            + " converted? Compare results only within this copy");
        } else {
            changed.forEach(name ->
                    add(Severity.ERROR, name + ".wav differs from the published one; copy it from the archive again"));
        }
    }

    /// The first digits of the content's SHA-256, or null where there is no content: ClipChecks reports why.
    private static @Nullable String hash(Utterance utterance) {
        if (!(utterance.audio() instanceof FileAudio audio) || ClipChecks.isPointer(audio.path())) {
            return null;
        }
        try {
            return audio.contentHash().substring(0, 16);
        } catch (BadInputException e) {
            return null;
        }
    }

    private void add(Severity severity, String message) {
        findings.add(new Finding(severity, "content", message));
    }
}
