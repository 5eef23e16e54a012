package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.PublishedCopies;
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
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Crowd-sourced Emotional Multimodal Actors Dataset: 91 actors say twelve sentences in six emotions, 7442
/// recordings at 16 kHz. Licence: Open Database Licence.
///
/// Layout: `AudioWAV/1001_DFA_ANG_XX.wav` and so on, or the folder `AudioWAV` itself; the names say everything.
///
/// Source: Cao, Cooper, Keutmann, Gur, Nenkova, Verma, "CREMA-D: Crowd-Sourced Emotional Multimodal Actors
/// Dataset", IEEE Transactions on Affective Computing 5(4), 2014.
public final class CremaDCorpus extends PublishedCorpus {

    private static final String SILENT = "1076_MTI_SAD_XX";

    /// Pairs of one sound under two labels, as users of the corpus report.
    private static final PublishedCopies COPIES = new PublishedCopies(List.of(
            Set.of("1006_TIE_NEU_XX", "1006_TIE_HAP_XX"),
            Set.of("1013_WSI_SAD_XX", "1013_WSI_DIS_XX"),
            Set.of("1017_IWW_FEA_XX", "1017_IWW_ANG_XX")));

    private static final Expected AUDIO =
            new Expected(16000, Map.of(SILENT, "nothing can be heard in the original either"), COPIES);

    private static final Map<String, Integer> PER_EMOTION =
            Map.of("anger", 1271, "disgust", 1271, "fear", 1271, "happiness", 1271, "neutral", 1087, "sadness", 1271);

    private static final int NEVER_PUBLISHED = 20;

    private static final Pattern NAME = Pattern.compile("(\\d{4})_([A-Z]{3})_([A-Z]{3})_(?:LO|MD|HI|XX?)");

    private static final int FIRST = 1001;
    private static final int LAST = 1091;

    private static final Map<String, String> EMOTIONS = Map.of(
            "ANG", "anger",
            "DIS", "disgust",
            "FEA", "fear",
            "HAP", "happiness",
            "NEU", "neutral",
            "SAD", "sadness");

    private static final Map<String, String> SENTENCES = sentences();

    // from the table of actors that is published beside the recordings
    private static final Set<Integer> WOMEN = Set.of(
            1002, 1003, 1004, 1006, 1007, 1008, 1009, 1010, 1012, 1013, 1018, 1020, 1021, 1024, 1025, 1028, 1029, 1030,
            1037, 1043, 1046, 1047, 1049, 1052, 1053, 1054, 1055, 1056, 1058, 1060, 1061, 1063, 1072, 1073, 1074, 1075,
            1076, 1078, 1079, 1082, 1084, 1089, 1091);

    private static Map<String, String> sentences() {
        Map<String, String> sentences = new LinkedHashMap<>();
        sentences.put("IEO", "It's eleven o'clock.");
        sentences.put("TIE", "That is exactly what happened.");
        sentences.put("IOM", "I'm on my way to the meeting.");
        sentences.put("IWW", "I wonder what this is about.");
        sentences.put("TAI", "The airplane is almost full.");
        sentences.put("MTI", "Maybe tomorrow it will be cold.");
        sentences.put("IWL", "I would like a new alarm clock.");
        sentences.put("ITH", "I think I have a doctor's appointment.");
        sentences.put("DFA", "Don't forget a jacket.");
        sentences.put("ITS", "I think I've seen this before.");
        sentences.put("TSI", "The surface is slick.");
        sentences.put("WSI", "We'll stop in a couple of minutes.");
        return sentences;
    }

    private CremaDCorpus(Path folder) {
        super("cremad", folder);
        readNames(Listing.files(folder, ".wav"), CremaDCorpus::utterance, "CREMA-D");
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
        return anyName(Listing.files(recordings(folder), ".wav"), CremaDCorpus::utterance);
    }

    /// The meaning of the name of a recording, or null where it has none: `1001_DFA_ANG_XX` is actor 1001,
    /// sentence DFA, anger, level not specified. One recording is published as `1040_ITH_SAD_X`.
    static @Nullable Utterance utterance(Path file) {
        String name = Listing.stem(file);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String actor = matcher.group(1);
        String sentence = matcher.group(2);
        String text = SENTENCES.get(sentence);
        String emotion = EMOTIONS.get(matcher.group(3));
        boolean known = Integer.parseInt(actor) >= FIRST && Integer.parseInt(actor) <= LAST;
        if (!known || text == null || emotion == null) {
            return null;
        }
        Origin origin = Origin.ofSpeaker(actor).withScript(sentence);
        return new Utterance(name, new FileAudio(file), text, emotion, origin);
    }

    @Override
    public Labels labels() {
        return Labels.of(EMOTIONS.values().stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(
                List.of(
                        "the twelve sentences are fixed: the text carries no emotion, so only the audio is used for training",
                        "the labels are what the actors were asked for; listeners of the audio alone often heard something else"));
        if (utterances().stream().anyMatch(utterance -> SILENT.equals(utterance.id()))) {
            notes.add(SILENT + " is silent, as published");
        }
        return List.copyOf(notes);
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    /// The 91 actors in their order.
    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int actor = FIRST; actor <= LAST; actor++) {
            sexes.put(Integer.toString(actor), WOMEN.contains(actor) ? Sex.FEMALE : Sex.MALE);
        }
        return sexes;
    }

    @Override
    public PublishedCopies publishedCopies() {
        return COPIES;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        return copyCheck()
                .namesBut(possible(), NEVER_PUBLISHED)
                .counts("emotion", Utterance::emotion, PER_EMOTION)
                .recordings(AUDIO, listening)
                .verification();
    }

    /// The 7462 names of the scheme: each actor says IEO in three levels of each emotion and once neutrally, and
    /// the other eleven sentences once in each. 20 of them were never published.
    static List<String> possible() {
        List<String> names = new ArrayList<>();
        for (int actor = FIRST; actor <= LAST; actor++) {
            for (String sentence : SENTENCES.keySet()) {
                for (String emotion : EMOTIONS.keySet().stream().sorted().toList()) {
                    boolean levels = sentence.equals("IEO") && !emotion.equals("NEU");
                    for (String level : levels ? List.of("LO", "MD", "HI") : List.of("XX")) {
                        String name = actor + "_" + sentence + "_" + emotion + "_" + level;
                        names.add(name.equals("1040_ITH_SAD_XX") ? "1040_ITH_SAD_X" : name);
                    }
                }
            }
        }
        return names;
    }
}
