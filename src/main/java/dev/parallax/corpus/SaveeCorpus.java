package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
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
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Surrey Audio-Visual Expressed Emotion: four men say 15 sentences in each of six emotions and 30 neutral ones,
/// 480 recordings at 44.1 kHz. Licence: for research, by registration.
///
/// Layout: `AudioData/DC/d03.wav` and so on (the folder of a speaker, the letter of an emotion, the number of a
/// sentence), or all in one folder as `DC_d03.wav`. There are no transcripts.
///
/// Source: Haq, Jackson, "Multimodal Emotion Recognition", in Machine Audition, IGI Global, 2010.
public final class SaveeCorpus extends PublishedCorpus {

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

    private SaveeCorpus(Path folder) {
        super("savee", folder);
        Path base = base(folder);
        readNames(recordings(base), file -> utterance(file, base), "SAVEE");
    }

    /// Opens the folder that holds `AudioData`, that folder itself, or one with all recordings.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static SaveeCorpus open(Path path) {
        String holds = "AudioData/ with the folders DC, JE, JK and KL, or recordings named like DC_d03.wav";
        return new SaveeCorpus(new CorpusFolder("savee", holds, SaveeCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        Path base = base(folder);
        return anyName(recordings(base), file -> utterance(file, base));
    }

    /// The folder that holds the recordings, or the folders of the speakers.
    private static Path base(Path folder) {
        Path inside = Listing.folder(folder, "AudioData");
        return inside == null ? folder : inside;
    }

    private static List<Path> recordings(Path base) {
        List<Path> files = new ArrayList<>(Listing.files(base, ".wav"));
        for (String speaker : SPEAKERS) {
            Path folder = Listing.folder(base, speaker);
            if (folder != null) {
                files.addAll(Listing.files(folder, ".wav"));
            }
        }
        return files;
    }

    /// The meaning of the names of a file and of its folder, or null where they have none. The folder names the
    /// speaker where the file does not.
    private static @Nullable Utterance utterance(Path file, Path base) {
        Matcher matcher = NAME.matcher(Listing.stem(file));
        if (!matcher.matches()) {
            return null;
        }
        String speaker = matcher.group(1);
        if (speaker == null) {
            Path folder = file.getParent();
            if (folder == null || folder.equals(base)) {
                return null;
            }
            speaker = Listing.name(folder).toUpperCase(Locale.ROOT);
        }
        String sentence = matcher.group(2) + matcher.group(3); // d03
        return new Utterance(
                speaker + "_" + sentence,
                new FileAudio(file),
                null,
                EMOTIONS.get(matcher.group(2)),
                Origin.ofSpeaker(speaker).withScript(sentence));
    }

    @Override
    public Labels labels() {
        return Labels.of(List.copyOf(EMOTIONS.values()));
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are fixed and not transcribed: only the audio is used for training",
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
        EMOTIONS.forEach((letter, emotion) -> {
            int sentences = emotion.equals("neutral") ? 30 : 15;
            for (String speaker : SPEAKERS) {
                for (int sentence = 1; sentence <= sentences; sentence++) {
                    names.add(String.format(Locale.ROOT, "%s_%s%02d", speaker, letter, sentence));
                }
            }
            perEmotion.put(emotion, sentences * SPEAKERS.size());
        });
        return copyCheck()
                .names(names, ".wav")
                .counts("emotion", Utterance::emotion, perEmotion)
                .counts("speaker", Utterance::speaker, SPEAKERS, PER_SPEAKER)
                .recordings(AUDIO, listening)
                .verification();
    }
}
