package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.Verification.Finding;
import dev.parallax.corpus.Verification.Severity;
import dev.parallax.data.AudioSource;
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

    private final String corpus;
    private final Map<String, String> published;
    private final List<Utterance> utterances;
    private final List<String> strangers;
    private final List<Finding> findings = new ArrayList<>();

    EmoDbVerification(
            String corpus, Map<String, String> published, List<Utterance> utterances, List<String> strangers) {
        this.corpus = corpus;
        this.published = published;
        this.utterances = utterances;
        this.strangers = strangers;
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

    Verification run() {
        compareNames();
        compareCounts("emotion", EmoDbClip::emotion);
        compareCounts("speaker", EmoDbClip::speaker);
        compareContents();
        findings.addAll(ClipChecks.of(utterances));
        return new Verification(corpus, utterances.size(), findings);
    }

    private void compareNames() {
        List<String> found = utterances.stream().map(Utterance::id).toList();
        for (String stranger : strangers) {
            add(Severity.ERROR, "extra", stranger + " is no name of EMO-DB's; move it elsewhere");
        }
        for (String name : found) {
            if (!published.containsKey(name)) {
                add(Severity.ERROR, "extra", name + ".wav does not belong to EMO-DB; move it elsewhere");
            }
        }
        for (String name : published.keySet()) {
            if (!found.contains(name)) {
                add(Severity.ERROR, "missing", name + ".wav is not there; copy it from the archive again");
            }
        }
    }

    private void compareCounts(String what, Function<EmoDbClip, String> group) {
        Map<String, Integer> wanted = count(published.keySet().stream().toList(), group);
        Map<String, Integer> found =
                count(utterances.stream().map(Utterance::id).toList(), group);
        for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
            int here = found.getOrDefault(entry.getKey(), 0);
            if (here != entry.getValue()) {
                String place = what + " " + entry.getKey();
                add(Severity.ERROR, "count", place + " has " + here + " recordings, published are " + entry.getValue());
            }
        }
    }

    private static Map<String, Integer> count(List<String> names, Function<EmoDbClip, String> group) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : names) {
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
                        "content",
                        utterance.id() + ".wav is the recording published as " + trueName
                                + ".wav: its label would be wrong; rename it");
            }
        }
        if (2 * changed.size() > utterances.size()) {
            add(
                    Severity.WARNING,
                    "content",
                    changed.size() + " recordings differ from the published ones:"
                            + " converted? Compare results only within this copy");
        } else {
            changed.forEach(name -> add(
                    Severity.ERROR,
                    "content",
                    name + ".wav differs from the published one; copy it from the archive again"));
        }
    }

    private static @Nullable String hash(Utterance utterance) {
        AudioSource audio = utterance.audio();
        try {
            return audio == null ? null : audio.contentHash().substring(0, 16);
        } catch (BadInputException e) {
            return null; // ClipChecks reports why it cannot be read
        }
    }

    private void add(Severity severity, String kind, String message) {
        findings.add(new Finding(severity, kind, message));
    }
}
