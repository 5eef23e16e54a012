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
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Toronto Emotional Speech Set: two women say "Say the word ..." with 200 words in seven emotions, 2800
/// recordings at 24414 Hz. Licence: CC BY-NC-ND 4.0.
///
/// Layout: `OAF_back_angry.wav` and so on (speaker, word, emotion; `ps` is a pleasant surprise), in one folder or
/// in one folder per speaker and emotion. One recording is published as `OA_bite_neutral.wav`; its speaker is OAF.
///
/// Source: Pichora-Fuller, Dupuis, "Toronto emotional speech set (TESS)", University of Toronto, 2010.
public final class TessCorpus extends PublishedCorpus {

    private static final Expected AUDIO = new Expected(24414, Map.of());
    private static final List<String> SPEAKERS = List.of("OAF", "YAF");
    private static final int WORDS = 200;
    private static final int PER_EMOTION = 400;
    private static final int PER_SPEAKER = 1400;

    private static final Map<String, String> EMOTIONS = new TreeMap<>(Map.of(
            "angry", "anger",
            "disgust", "disgust",
            "fear", "fear",
            "happy", "happiness",
            "neutral", "neutral",
            "ps", "surprise",
            "sad", "sadness"));

    private static final Pattern NAME =
            Pattern.compile("(OAF?|YAF)_([a-z]+)_(angry|disgust|fear|happy|neutral|ps|sad)", Pattern.CASE_INSENSITIVE);

    private TessCorpus(Path folder) {
        super("tess", folder);
        readNames(recordings(folder), TessCorpus::utterance, "TESS");
    }

    /// Opens the folder with the recordings, or the one that holds the folders of each speaker and emotion.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static TessCorpus open(Path path) {
        String holds = "recordings named like OAF_back_angry.wav, itself or one folder deeper";
        return new TessCorpus(new CorpusFolder("tess", holds, TessCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        return anyName(recordings(folder), TessCorpus::utterance);
    }

    private static List<Path> recordings(Path folder) {
        return Listing.filesBelow(folder, ".wav", 2);
    }

    /// The meaning of the name of a file, or null where it has none.
    private static @Nullable Utterance utterance(Path file) {
        Matcher matcher = NAME.matcher(Listing.stem(file));
        if (!matcher.matches()) {
            return null;
        }
        String speaker = matcher.group(1).toUpperCase(Locale.ROOT).startsWith("O") ? "OAF" : "YAF";
        String word = matcher.group(2).toLowerCase(Locale.ROOT);
        String code = matcher.group(3).toLowerCase(Locale.ROOT);
        return new Utterance(
                id(speaker, word, code),
                new FileAudio(file),
                "Say the word " + word + ".",
                EMOTIONS.get(code),
                Origin.ofSpeaker(speaker).withScript(word));
    }

    private static String id(String speaker, String word, String code) {
        return speaker + "_" + word + "_" + code;
    }

    @Override
    public Labels labels() {
        return Labels.of(EMOTIONS.values().stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        return List.of(
                "each word is said in every emotion: the text carries none, so only the audio is used for training",
                "two speakers cannot be kept apart in three parts: train on it beside other corpora, or ask for"
                        + " ‹protocol random›, whose scores say nothing about new voices",
                "surprise is a pleasant one here");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        SPEAKERS.forEach(speaker -> sexes.put(speaker, Sex.FEMALE));
        return sexes;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        TreeSet<String> words = new TreeSet<>();
        utterances().forEach(utterance -> words.add(String.valueOf(utterance.script())));
        List<String> names = new ArrayList<>();
        for (String speaker : SPEAKERS) {
            for (String word : words) {
                EMOTIONS.keySet().forEach(code -> names.add(id(speaker, word, code)));
            }
        }
        return copyCheck()
                .names(names, ".wav")
                .compare("the corpus", "word", Map.of("", words.size()), Map.of("", WORDS))
                .counts("emotion", Utterance::emotion, EMOTIONS.values(), PER_EMOTION)
                .counts("speaker", Utterance::speaker, SPEAKERS, PER_SPEAKER)
                .recordings(AUDIO, listening)
                .verification();
    }
}
