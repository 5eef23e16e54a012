package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The Crowd-sourced Emotional Multimodal Actors Dataset: 91 actors say twelve sentences in six emotions, 7442
/// recordings at 16 kHz. Licence: Open Database Licence.
///
/// Layout: `AudioWAV/1001_DFA_ANG_XX.wav` and so on, or the folder `AudioWAV` itself; the names say everything (see
/// `CremaDClip`).
///
/// Source: Cao, Cooper, Keutmann, Gur, Nenkova, Verma, "CREMA-D: Crowd-Sourced Emotional Multimodal Actors Dataset",
/// IEEE Transactions on Affective Computing 5(4), 2014.
public final class CremaDCorpus implements Corpus {

    private static final Expected AUDIO =
            new Expected(16000, Map.of("1076_MTI_SAD_XX", "nothing can be heard in the original either"));

    private static final Map<String, Integer> PER_EMOTION =
            Map.of("anger", 1271, "disgust", 1271, "fear", 1271, "happiness", 1271, "neutral", 1087, "sadness", 1271);

    private static final int NEVER_PUBLISHED = 20;

    private final Path folder;
    private final CorpusBuilder reading = new CorpusBuilder();

    private CremaDCorpus(Path folder) {
        this.folder = folder;
        for (Path file : Listing.files(folder, ".wav")) {
            CremaDClip clip = CremaDClip.parse(Listing.stem(file));
            if (clip == null) {
                String message = Listing.name(file) + " is no name of CREMA-D's; move it elsewhere";
                reading.find(Severity.ERROR, "extra", message);
            } else {
                reading.add(utterance(clip, file));
            }
        }
    }

    /// Opens the folder of the repository, or the folder `AudioWAV` in it.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static CremaDCorpus open(Path path) {
        String holds = "recordings named like 1001_DFA_ANG_XX.wav, itself or in AudioWAV/";
        return new CremaDCorpus(recordings(new CorpusFolder("cremad", holds, CremaDCorpus::begins).of(path)));
    }

    private static Path recordings(Path folder) {
        Path inside = Listing.folder(folder, "AudioWAV");
        return inside == null ? folder : inside;
    }

    private static boolean begins(Path folder) {
        return Listing.files(recordings(folder), ".wav").stream()
                .anyMatch(file -> CremaDClip.parse(Listing.stem(file)) != null);
    }

    private static Utterance utterance(CremaDClip clip, Path file) {
        return new Utterance(
                clip.name(),
                new FileAudio(file),
                clip.words(),
                clip.emotion(),
                Origin.ofSpeaker(clip.actor()).withScript(clip.sentence()));
    }

    @Override
    public String name() {
        return "cremad";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(CremaDClip.LABELS);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the twelve sentences are fixed: the text carries no emotion, so only the audio is learned from",
                "the labels are what the actors were asked for; listeners of the audio alone often heard something else",
                "1076_MTI_SAD_XX is silent, as published");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        return CremaDClip.actors();
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        return new CopyCheck("cremad:" + folder, utterances(), reading.findings())
                .namesBut(CremaDClip.possible(), NEVER_PUBLISHED)
                .counts("emotion", Utterance::emotion, PER_EMOTION)
                .recordings(AUDIO, listening)
                .verification();
    }
}
