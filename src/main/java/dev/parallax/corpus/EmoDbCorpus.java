package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Berlin Database of Emotional Speech: ten actors speak ten German sentences in seven emotions, 535
/// recordings at 16 kHz. Licence: CC0.
///
/// Layout: `wav/03a01Fa.wav` and so on, or the folder `wav` itself; the names say everything.
///
/// Source: Burkhardt, Paeschke, Rolfes, Sendlmeier, Weiss, "A Database of German Emotional Speech", INTERSPEECH
/// 2005.
public final class EmoDbCorpus extends PublishedCorpus {

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private static final Pattern NAME = Pattern.compile("(\\d\\d)([ab]\\d\\d)([A-Z])[a-z]");

    private static final Map<Character, String> EMOTIONS = Map.of(
            'W', "anger",
            'L', "boredom",
            'E', "disgust",
            'A', "fear",
            'F', "happiness",
            'N', "neutral",
            'T', "sadness");

    private static final Map<String, String> SENTENCES = Map.of(
            "a01", "Der Lappen liegt auf dem Eisschrank.",
            "a02", "Das will sie am Mittwoch abgeben.",
            "a04", "Heute abend könnte ich es ihm sagen.",
            "a05", "Das schwarze Stück Papier befindet sich da oben neben dem Holzstück.",
            "a07", "In sieben Stunden wird es soweit sein.",
            "b01", "Was sind denn das für Tüten, die da unter dem Tisch stehen?",
            "b02", "Sie haben es gerade hochgetragen und jetzt gehen sie wieder runter.",
            "b03", "An den Wochenenden bin ich jetzt immer nach Hause gefahren und habe Agnes besucht.",
            "b09", "Ich will das eben wegbringen und dann mit Karl was trinken gehen.",
            "b10", "Die wird auf dem Platz sein, wo wir sie immer hinlegen.");

    private static final List<String> MEN = List.of("03", "10", "11", "12", "15");
    private static final List<String> WOMEN = List.of("08", "09", "13", "14", "16");

    private final Map<String, String> published;

    /// @param published name to the first digits of the SHA-256 of each recording that ought to be there
    EmoDbCorpus(Path folder, Map<String, String> published) {
        super("emodb", folder);
        this.published = published;
        readNames(Listing.files(folder, ".wav"), EmoDbCorpus::utterance, "EMO-DB");
    }

    /// Opens the folder with the recordings, or the one above it.
    ///
    /// @throws dev.parallax.BadInputException when there is no such folder or nothing of EMO-DB in it
    public static EmoDbCorpus open(Path path) {
        String holds = "recordings named like 03a01Fa.wav, itself or in wav/";
        return new EmoDbCorpus(recordings(new CorpusFolder("emodb", holds, EmoDbCorpus::begins).of(path)), published());
    }

    private static Path recordings(Path folder) {
        Path inside = Listing.folder(folder, "wav");
        return inside == null ? folder : inside;
    }

    private static boolean begins(Path folder) {
        return anyName(Listing.files(recordings(folder), ".wav"), EmoDbCorpus::utterance);
    }

    /// The meaning of the name of a recording, or null where it has none: `03a01Fa` is speaker 03, sentence a01,
    /// F = happiness, version a.
    static @Nullable Utterance utterance(Path file) {
        String name = Listing.stem(file);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String speaker = matcher.group(1);
        String sentence = matcher.group(2);
        String text = SENTENCES.get(sentence);
        String emotion = EMOTIONS.get(matcher.group(3).charAt(0));
        boolean known = MEN.contains(speaker) || WOMEN.contains(speaker);
        if (!known || text == null || emotion == null) {
            return null;
        }
        Origin origin = Origin.ofSpeaker(speaker).withScript(sentence);
        return new Utterance(name, new FileAudio(file), text, emotion, origin);
    }

    @Override
    public Labels labels() {
        return Labels.of(EMOTIONS.values().stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are fixed: the text carries no emotion, so only the audio is used for training",
                "small and uneven (speaker 08 has no disgust, 03 one, 09 one fear): pool the predictions of all folds"
                        + " before taking the unweighted accuracy");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new TreeMap<>();
        MEN.forEach(speaker -> sexes.put(speaker, Sex.MALE));
        WOMEN.forEach(speaker -> sexes.put(speaker, Sex.FEMALE));
        return sexes;
    }

    /// `pairs`: five folds, each tests two speakers and validates on the next two.
    @Override
    public List<Protocol> protocols() {
        List<String> speakers = List.copyOf(sexes().keySet());
        List<Protocol.Fold> folds = new ArrayList<>();
        for (int start = 0; start < speakers.size(); start += 2) {
            int next = (start + 2) % speakers.size();
            folds.add(new Protocol.Fold(speakers.subList(start, start + 2), speakers.subList(next, next + 2)));
        }
        return List.of(new Protocol("pairs", "five folds of two speakers, each validated on the next two", folds));
    }

    /// The list of names and hashes is of a copy whose counts are those of the paper: 535 recordings, anger 127,
    /// boredom 81, disgust 46, fear 69, happiness 71, neutral 79, sadness 62.
    @Override
    public Verification verify(VerificationOptions listening) {
        Map<String, Integer> perEmotion = new TreeMap<>();
        Map<String, Integer> perSpeaker = new TreeMap<>();
        for (String name : published.keySet()) {
            Utterance utterance = utterance(Path.of(name + ".wav"));
            if (utterance != null) {
                perEmotion.merge(String.valueOf(utterance.emotion()), 1, Integer::sum);
                perSpeaker.merge(String.valueOf(utterance.speaker()), 1, Integer::sum);
            }
        }
        return copyCheck()
                .names(published.keySet(), ".wav")
                .counts("emotion", Utterance::emotion, perEmotion)
                .counts("speaker", Utterance::speaker, perSpeaker)
                .findings(contents())
                .recordings(AUDIO, listening)
                .verification();
    }

    /// Name to the first 16 hexadecimal digits of the SHA-256 of each of the 535 recordings, in alphabetical
    /// order.
    static Map<String, String> published() {
        Map<String, String> hashes = new LinkedHashMap<>();
        try (InputStream in = EmoDbCorpus.class.getResourceAsStream("emodb.txt")) {
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

    /// A recording under another's name has the wrong label. A recording with unknown content was damaged or
    /// changed. If most are unknown, the copy was converted as a whole: that is one warning and not 535 errors.
    private List<Finding> contents() {
        Map<String, String> nameByHash = new LinkedHashMap<>();
        published.forEach((name, hash) -> nameByHash.put(hash, name));
        List<Finding> findings = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        for (Utterance utterance : utterances()) {
            String hash = hash(utterance);
            String expected = published.get(utterance.id());
            if (hash == null || hash.equals(expected)) {
                continue;
            }
            String trueName = nameByHash.get(hash);
            if (trueName != null) {
                String message = utterance.id() + ".wav is the recording published as " + trueName
                        + ".wav: its label would be wrong; rename it";
                findings.add(new Finding(Severity.ERROR, "content", message));
            } else if (expected != null) {
                changed.add(utterance.id());
            }
        }
        if (2 * changed.size() > utterances().size()) {
            String message = Count.of(changed.size(), "recording differs", "recordings differ")
                    + " from the published ones:" + " converted? Compare results only within this copy";
            findings.add(new Finding(Severity.WARNING, "content", message));
        } else {
            for (String name : changed) {
                String message = name + ".wav differs from the published one; copy it from the archive again";
                findings.add(new Finding(Severity.ERROR, "content", message));
            }
        }
        return findings;
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
}
