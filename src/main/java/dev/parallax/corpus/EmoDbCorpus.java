package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// The Berlin Database of Emotional Speech: ten actors speak ten German sentences in seven emotions, 535 recordings
/// at 16 kHz. Licence: CC0.
///
/// Layout: `wav/03a01Fa.wav` and so on, or the folder `wav` itself; the names say everything (see `EmoDbClip`).
///
/// Source: Burkhardt, Paeschke, Rolfes, Sendlmeier, Weiss, "A Database of German Emotional Speech", INTERSPEECH
/// 2005.
public final class EmoDbCorpus implements Corpus {

    private final Path folder;
    private final Map<String, String> published;
    private final CorpusBuilder reading;

    /// @param published name to the first digits of the SHA-256 of each recording that ought to be there
    EmoDbCorpus(Path folder, Map<String, String> published) {
        this.folder = folder;
        this.published = published;
        this.reading = new CorpusBuilder();
        for (Path file : Listing.files(folder, ".wav")) {
            EmoDbClip clip = EmoDbClip.parse(Listing.stem(file));
            if (clip == null) {
                String message = Listing.name(file) + " is no name of EMO-DB's; move it elsewhere";
                reading.find(Severity.ERROR, "extra", message);
            } else {
                reading.add(utterance(clip, file));
            }
        }
    }

    /// Opens the folder with the recordings, or the one above it.
    ///
    /// @throws dev.parallax.BadInputException when there is no such folder or nothing of EMO-DB in it
    public static EmoDbCorpus open(Path path) {
        Path root = new CorpusFolder(
                        "emodb", "recordings named like 03a01Fa.wav, itself or in wav/", EmoDbCorpus::begins)
                .of(path);
        Path inside = Listing.folder(root, "wav");
        return new EmoDbCorpus(inside == null ? root : inside, EmoDbVerification.published());
    }

    private static boolean begins(Path folder) {
        Path inside = Listing.folder(folder, "wav");
        return Listing.files(inside == null ? folder : inside, ".wav").stream()
                .anyMatch(file -> EmoDbClip.parse(Listing.stem(file)) != null);
    }

    private static Utterance utterance(EmoDbClip clip, Path file) {
        return new Utterance(
                clip.name(),
                new FileAudio(file),
                clip.words(),
                clip.emotion(),
                Origin.ofSpeaker(clip.speaker()).withScript(clip.sentence()));
    }

    @Override
    public String name() {
        return "emodb";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(EmoDbClip.LABELS);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are fixed: the text carries no emotion, so only the audio is learned from",
                "small and uneven (speaker 08 has no disgust, 03 one, 09 one fear): pool the predictions of all folds"
                        + " before taking the unweighted accuracy");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        return Collections.unmodifiableMap(EmoDbClip.speakers());
    }

    /// `pairs`: five folds, each tests two speakers and validates on the next two.
    @Override
    public List<Protocol> protocols() {
        List<String> speakers = List.copyOf(EmoDbClip.speakers().keySet());
        List<Protocol.Fold> folds = new ArrayList<>();
        for (int start = 0; start < speakers.size(); start += 2) {
            int next = (start + 2) % speakers.size();
            folds.add(new Protocol.Fold(speakers.subList(start, start + 2), speakers.subList(next, next + 2)));
        }
        return List.of(new Protocol("pairs", "five folds of two speakers, each validated on the next two", folds));
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        return new EmoDbVerification(published, utterances()).run("emodb:" + folder, reading.findings(), listening);
    }
}
