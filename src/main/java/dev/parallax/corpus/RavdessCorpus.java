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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The Ryerson Audio-Visual Database of Emotional Speech and Song, its speech: 24 actors say two sentences in eight
/// emotions, 1440 recordings at 48 kHz. Licence: CC BY-NC-SA 4.0.
///
/// Layout: `Actor_01/03-01-01-01-01-01-01.wav` to `Actor_24/...`; the names say everything (see `RavdessClip`).
///
/// Source: Livingstone, Russo, "The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS)", PLoS ONE
/// 13(5), 2018.
public final class RavdessCorpus implements Corpus {

    private static final Expected AUDIO = new Expected(48000, Map.of());
    private static final Map<String, Integer> PER_EMOTION = perEmotion();
    private static final int PER_ACTOR = 60;

    private final Path folder;
    private final CorpusBuilder reading = new CorpusBuilder();

    private RavdessCorpus(Path folder) {
        this.folder = folder;
        List<String> songs = new ArrayList<>();
        for (Path file : recordings(folder)) {
            RavdessClip clip = RavdessClip.parse(Listing.stem(file));
            if (clip == null) {
                reading.find(Severity.ERROR, "extra", file + " is no name of RAVDESS's audio; move it elsewhere");
            } else if (clip.sung()) {
                songs.add(clip.name());
            } else {
                reading.add(utterance(clip, file));
            }
        }
        if (!songs.isEmpty()) {
            reading.find(Severity.NOTE, "extra", songs.size() + " songs are not read, only speech is", songs);
        }
    }

    /// Opens the folder that holds those of the actors.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static RavdessCorpus open(Path path) {
        return new RavdessCorpus(
                new CorpusFolder("ravdess", "the folders Actor_01 to Actor_24", RavdessCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        return recordings(folder).stream().anyMatch(file -> RavdessClip.parse(Listing.stem(file)) != null);
    }

    /// Those in the folders of actors.
    private static List<Path> recordings(Path folder) {
        return Listing.folders(folder).stream()
                .filter(inside -> Listing.name(inside).matches("(?i)actor_\\d\\d"))
                .flatMap(inside -> Listing.files(inside, ".wav").stream())
                .toList();
    }

    private static Utterance utterance(RavdessClip clip, Path file) {
        return new Utterance(
                clip.name(),
                new FileAudio(file),
                clip.words(),
                clip.emotion(),
                Origin.ofSpeaker(clip.speaker()).withScript(clip.sentence()));
    }

    @Override
    public String name() {
        return "ravdess";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(RavdessClip.LABELS);
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the two sentences are fixed: the text carries no emotion, so only the audio is learned from",
                "calm is a class of its own beside neutral, which has half as many recordings");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int actor = 1; actor <= RavdessClip.ACTORS; actor++) {
            sexes.put(RavdessClip.speaker(actor), actor % 2 == 1 ? Sex.MALE : Sex.FEMALE);
        }
        return sexes;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        Map<String, Integer> perActor = new LinkedHashMap<>();
        sexes().keySet().forEach(actor -> perActor.put(actor, PER_ACTOR));
        return new CopyCheck("ravdess:" + folder, utterances(), reading.findings())
                .names(RavdessClip.published(), ".wav")
                .counts("emotion", Utterance::emotion, PER_EMOTION)
                .counts("actor", Utterance::speaker, perActor)
                .recordings(AUDIO, listening)
                .verification();
    }

    private static Map<String, Integer> perEmotion() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        RavdessClip.LABELS.forEach(emotion -> counts.put(emotion, emotion.equals("neutral") ? 96 : 192));
        return counts;
    }
}
