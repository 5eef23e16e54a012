package dev.parallax.corpus;

import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Protocol.Scope;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The Emotional Speech Dataset: ten speakers of Mandarin and ten of English say 350 sentences in five emotions,
/// 35000 recordings at 16 kHz. Licence: for research.
///
/// Layout: `0011/Angry/0011_000351.wav` and so on, in some copies one folder deeper (`train`, `evaluation`, `test`),
/// and the transcripts of a speaker in `0011/0011.txt`.
///
/// Source: Zhou, Sisman, Liu, Li, "Seen and Unseen Emotional Style Transfer for Voice Conversion with a New Emotional
/// Speech Dataset", ICASSP 2021.
public final class EsdCorpus implements Corpus {

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private final Path folder;
    private final CorpusBuilder reading;

    private EsdCorpus(Path folder) {
        this.folder = folder;
        this.reading = EsdReader.read(folder);
    }

    /// Opens the folder that holds those of the speakers.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static EsdCorpus open(Path path) {
        Predicate<Path> begins = folder -> EsdReader.speakers(folder).stream()
                .anyMatch(speaker -> !EsdReader.emotions(speaker).isEmpty());
        return new EsdCorpus(new CorpusFolder("esd", "the folders 0001 to 0020", begins).of(path));
    }

    @Override
    public String name() {
        return "esd";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(EsdClip.EMOTIONS.values().stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are the same in every emotion: the text carries none, so only the audio is learned from",
                "speakers 0001 to 0010 speak Mandarin, 0011 to 0020 English; --protocol english or mandarin takes one"
                        + " language alone");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        return EsdClip.speakers();
    }

    /// `english` and `mandarin`: five folds, each tests a woman and a man who speak this language.
    @Override
    public List<Protocol> protocols() {
        return List.of(language("english", true), language("mandarin", false));
    }

    private static Protocol language(String name, boolean english) {
        List<String> women = new ArrayList<>();
        List<String> men = new ArrayList<>();
        EsdClip.speakers().forEach((speaker, sex) -> {
            if (EsdClip.speaksEnglish(speaker) == english) {
                (sex == Sex.FEMALE ? women : men).add(speaker);
            }
        });
        List<Protocol.Fold> folds = new ArrayList<>();
        for (int i = 0; i < women.size(); i++) {
            folds.add(new Protocol.Fold(List.of(women.get(i), men.get(i)), List.of()));
        }
        Scope scope = new Scope(
                utterance -> EsdClip.speaksEnglish(utterance.speaker()) == english,
                "which are in " + (english ? "Mandarin" : "English"));
        return new Protocol(name, "five folds of a woman and a man, of one language alone", scope, folds);
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> perEmotion = new LinkedHashMap<>();
        Map<String, Integer> perSpeaker = new LinkedHashMap<>();
        int perSpeakerAll = EsdClip.SENTENCES * EsdClip.EMOTIONS.size();
        for (String speaker : EsdClip.speakers().keySet()) {
            for (int number = 1; number <= perSpeakerAll; number++) {
                names.add(EsdClip.name(speaker, number));
            }
            perSpeaker.put(speaker, perSpeakerAll);
        }
        EsdClip.EMOTIONS.values().forEach(emotion -> perEmotion.put(emotion, EsdClip.SENTENCES * EsdClip.SPEAKERS));
        return new CopyCheck("esd:" + folder, utterances(), reading.findings())
                .names(names, ".wav")
                .counts("emotion", Utterance::emotion, perEmotion)
                .counts("speaker", Utterance::speaker, perSpeaker)
                .recordings(AUDIO, listening)
                .verification();
    }
}
