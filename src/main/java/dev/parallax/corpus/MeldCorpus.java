package dev.parallax.corpus;

import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Part;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Multimodal EmotionLines Dataset: 13708 utterances of dialogues from a television series, with words, speakers,
/// seven emotions, and clips that are videos. It is split into training, validation and test part.
///
/// Layout: `train_sent_emo.csv`, `dev_sent_emo.csv`, `test_sent_emo.csv`, and beside them the clips
/// `train_splits/dia0_utt0.wav`, `dev_splits_complete/...`, `output_repeated_splits_test/...`, converted from `.mp4`.
/// Without them it is a corpus of text.
///
/// Source: Poria, Hazarika, Majumder, Naik, Cambria, Mihalcea, "MELD: A Multimodal Multi-Party Dataset for Emotion
/// Recognition in Conversations", ACL 2019.
public final class MeldCorpus implements Corpus {

    private static final List<String> LABELS =
            List.of("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise");

    private static final Map<String, Integer> PER_CLASS = perClass();

    private final Path folder;
    private final CorpusBuilder reading;
    private final boolean hasClips;

    private MeldCorpus(Path folder) {
        this.folder = folder;
        this.reading = MeldReader.read(folder);
        this.hasClips = reading.utterances().stream().anyMatch(utterance -> utterance.audio() != null);
    }

    /// Opens the folder with the tables.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near, or
    ///         when a table cannot be read
    public static MeldCorpus open(Path path) {
        String holds = "train_sent_emo.csv, dev_sent_emo.csv and test_sent_emo.csv";
        return new MeldCorpus(new CorpusFolder("meld", holds, MeldCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        return MeldReader.SOURCES.stream()
                        .filter(source -> source.table(folder) != null)
                        .count()
                >= 2;
    }

    @Override
    public String name() {
        return "meld";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(LABELS);
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (hasClips) {
            notes.add("five clips are damaged, cut wrongly or were never published: of these the words alone are read");
        } else {
            notes.add("no clips beside the tables: text alone (data/README.md says how to convert them)");
        }
        notes.add("given parts, in which the same characters speak: scores say nothing about new voices");
        return notes;
    }

    @Override
    public boolean textIsFixed() {
        return false;
    }

    /// Those of the six who speak most.
    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new TreeMap<>();
        List.of("Chandler", "Joey", "Ross").forEach(name -> sexes.put(name, Sex.MALE));
        List.of("Monica", "Phoebe", "Rachel").forEach(name -> sexes.put(name, Sex.FEMALE));
        return sexes;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        CopyCheck check = new CopyCheck("meld:" + folder, utterances(), reading.findings())
                .counts("part", MeldCorpus::partAndEmotion, PER_CLASS);
        if (!hasClips) {
            return check.add(Severity.NOTE, "missing", "there are no clips: the text alone was checked")
                    .verification();
        }
        return check.recordingsOf(utterance -> utterance.id() + ".wav", MeldReader.BAD_CLIPS)
                .recordings(Expected.NOTHING, listening)
                .verification();
    }

    private static @Nullable String partAndEmotion(Utterance utterance) {
        return utterance.split() + " " + utterance.emotion();
    }

    private static Map<String, Integer> perClass() {
        Map<String, List<Integer>> parts = Map.of(
                "train", List.of(1109, 271, 268, 1743, 4710, 683, 1205),
                "val", List.of(153, 22, 40, 163, 470, 111, 150),
                "test", List.of(345, 68, 50, 402, 1256, 208, 281));
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            List<Integer> numbers = parts.getOrDefault(part.word(), List.of());
            for (int i = 0; i < numbers.size(); i++) {
                counts.put(part.word() + " " + LABELS.get(i), numbers.get(i));
            }
        }
        return counts;
    }
}
