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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Surrey Audio-Visual Expressed Emotion: four men say 15 sentences in each of six emotions and 30 neutral ones, 480
/// recordings at 44.1 kHz. Licence: for research, by registration.
///
/// Layout: `AudioData/DC/d03.wav` and so on (the folder of a speaker, the letter of an emotion, the number of a
/// sentence), or all in one folder as `DC_d03.wav`. There are no transcripts.
///
/// Source: Haq, Jackson, "Multimodal Emotion Recognition", in Machine Audition, IGI Global, 2010.
public final class SaveeCorpus implements Corpus {

    private static final Expected AUDIO = new Expected(44100, Map.of());
    private static final List<String> SPEAKERS = List.of("DC", "JE", "JK", "KL");
    private static final int PER_SPEAKER = 120;

    private static final Map<String, String> EMOTIONS = new TreeMap<>(Map.of(
            "a", "anger",
            "d", "disgust",
            "f", "fear",
            "h", "happiness",
            "n", "neutral",
            "sa", "sadness",
            "su", "surprise"));

    private static final Pattern NAME = Pattern.compile("(?:(DC|JE|JK|KL)_)?(sa|su|[adfhn])(\\d\\d)");

    /// A recording that the names of its file and folder tell of.
    ///
    /// @param code the emotion's letter and the sentence's number: `d03`
    private record Clip(String speaker, String code, String emotion) {

        /// The meaning of a file's name, or null where it has none here.
        ///
        /// @param folder whose speaker it is, where the name of the file does not tell
        static @Nullable Clip of(Path file, String folder) {
            Matcher matcher = NAME.matcher(Listing.stem(file));
            if (!matcher.matches()) {
                return null;
            }
            String speaker = matcher.group(1) == null ? folder : matcher.group(1);
            String emotion = EMOTIONS.get(matcher.group(2));
            return SPEAKERS.contains(speaker) && emotion != null
                    ? new Clip(speaker, matcher.group(2) + matcher.group(3), emotion)
                    : null;
        }
    }

    private final Path folder;
    private final CorpusBuilder reading = new CorpusBuilder();

    private SaveeCorpus(Path folder) {
        this.folder = folder;
        recordings(folder).forEach((file, clip) -> {
            if (clip.isEmpty()) {
                reading.find(Severity.ERROR, "extra", file + " is no name of SAVEE's; move it elsewhere");
            } else {
                reading.add(utterance(clip.get(), file));
            }
        });
    }

    /// Opens the folder that holds `AudioData`, that folder itself, or one with all recordings.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static SaveeCorpus open(Path path) {
        String holds = "AudioData/ with the folders DC, JE, JK and KL, or recordings named like DC_d03.wav";
        CorpusFolder folder = new CorpusFolder(
                "savee", holds, at -> recordings(at).values().stream().anyMatch(Optional::isPresent));
        return new SaveeCorpus(folder.of(path));
    }

    /// The recordings in the folder or in those of the speakers, each with what its name tells.
    private static Map<Path, Optional<Clip>> recordings(Path folder) {
        Path inside = Listing.folder(folder, "AudioData");
        Path base = inside == null ? folder : inside;
        Map<Path, Optional<Clip>> clips = new LinkedHashMap<>();
        for (Path file : Listing.files(base, ".wav")) {
            clips.put(file, Optional.ofNullable(Clip.of(file, "")));
        }
        for (String speaker : SPEAKERS) {
            Path of = Listing.folder(base, speaker);
            for (Path file : of == null ? List.<Path>of() : Listing.files(of, ".wav")) {
                clips.put(file, Optional.ofNullable(Clip.of(file, speaker)));
            }
        }
        return clips;
    }

    private static Utterance utterance(Clip clip, Path file) {
        Origin origin = Origin.ofSpeaker(clip.speaker).withScript(clip.code);
        return new Utterance(clip.speaker + "_" + clip.code, new FileAudio(file), null, clip.emotion, origin);
    }

    @Override
    public String name() {
        return "savee";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(List.copyOf(EMOTIONS.values()));
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are fixed and not transcribed: only the audio is learned from",
                "four speakers, all men: pool the predictions of all folds, and expect little of women's voices");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        SPEAKERS.forEach(speaker -> sexes.put(speaker, Sex.MALE));
        return sexes;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        List<String> names = new ArrayList<>();
        Map<String, Integer> perEmotion = new LinkedHashMap<>();
        Map<String, Integer> perSpeaker = new LinkedHashMap<>();
        for (String speaker : SPEAKERS) {
            EMOTIONS.forEach((letter, emotion) -> {
                int sentences = emotion.equals("neutral") ? 30 : 15;
                for (int sentence = 1; sentence <= sentences; sentence++) {
                    names.add(String.format(Locale.ROOT, "%s_%s%02d", speaker, letter, sentence));
                }
                perEmotion.put(emotion, sentences * SPEAKERS.size());
            });
            perSpeaker.put(speaker, PER_SPEAKER);
        }
        return new CopyCheck("savee:" + folder, utterances(), reading.findings())
                .names(names, ".wav")
                .counts("emotion", Utterance::emotion, perEmotion)
                .counts("speaker", Utterance::speaker, perSpeaker)
                .recordings(AUDIO, listening)
                .verification();
    }
}
