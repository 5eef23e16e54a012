package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.CopyCheck;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.Csv;
import dev.parallax.io.TextLines;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The Multimodal EmotionLines Dataset: 13708 utterances of dialogues from a television series, with words,
/// speakers, seven emotions, and clips that are videos. It is split into training, validation and test part.
///
/// Layout: `train_sent_emo.csv`, `dev_sent_emo.csv`, `test_sent_emo.csv`, and beside them the clips
/// `train_splits/dia0_utt0.wav`, `dev_splits_complete/...`, `output_repeated_splits_test/...`, converted from
/// `.mp4`. Without them it is a corpus of text.
///
/// Source: Poria, Hazarika, Majumder, Naik, Cambria, Mihalcea, "MELD: A Multimodal Multi-Party Dataset for Emotion
/// Recognition in Conversations", ACL 2019.
public final class MeldCorpus extends PublishedCorpus {

    private static final List<String> LABELS =
            List.of("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise");

    private static final Map<String, Integer> PER_CLASS = perClass();

    /// A part of the corpus.
    ///
    /// @param name  in ids and in the name of its table: `train_sent_emo.csv`
    /// @param clips the folder of its clips
    /// @param part  of the split
    private record Source(String name, String clips, Part part) {

        /// The table, beside the clips or among them; null where it is not there.
        @Nullable
        Path table(Path folder) {
            String file = name + "_sent_emo.csv";
            Path beside = Listing.child(folder, file);
            Path inside = Listing.folder(folder, clips);
            return beside != null || inside == null ? beside : Listing.child(inside, file);
        }
    }

    private static final List<Source> SOURCES = List.of(
            new Source("train", "train_splits", Part.TRAIN),
            new Source("dev", "dev_splits_complete", Part.VAL),
            new Source("test", "output_repeated_splits_test", Part.TEST));

    /// Id to what is wrong with a clip as published; its words are read, its sound is not.
    private static final Map<String, String> BAD_CLIPS = Map.of(
            "train/dia125_utt3", "its file is damaged",
            "train/dia309_utt0", "it is cut wrongly",
            "dev/dia110_utt7", "it was never published",
            "test/dia38_utt4", "it is cut wrongly and lasts minutes",
            "test/dia220_utt0", "it is cut wrongly and lasts minutes");

    /// The encoding of a table that is not in UTF-8.
    private static final Charset OLD = Charset.forName("windows-1252");

    private final boolean hasClips;

    private MeldCorpus(Path folder) {
        super("meld", folder);
        SOURCES.forEach(source -> read(source, folder));
        this.hasClips = utterances().stream().anyMatch(utterance -> utterance.audio() != null);
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
        return SOURCES.stream().filter(source -> source.table(folder) != null).count() >= 2;
    }

    private void read(Source source, Path folder) {
        Path table = source.table(folder);
        if (table == null) {
            reading.find(
                    Severity.ERROR, "missing", source.name + "_sent_emo.csv is not there; copy it from the archive");
            return;
        }
        Map<String, Path> clips = clips(source, folder);
        for (Csv.Row row :
                Csv.parse(TextLines.text(table, OLD), table.toString()).rows()) {
            String dialogue = "dia" + number(row, "Dialogue_ID");
            int turn = number(row, "Utterance_ID");
            String clip = dialogue + "_utt" + turn;
            String id = source.name + "/" + clip;
            Path file = BAD_CLIPS.containsKey(id) ? null : clips.get(clip);
            clips.remove(clip);
            Origin origin = Origin.ofSpeaker(row.get("Speaker").strip())
                    .withTurn(source.name + "/" + dialogue, turn)
                    .withSplit(source.part.word());
            FileAudio audio = file == null ? null : new FileAudio(file);
            String words = quotes(row.get("Utterance").strip());
            reading.add(new Utterance(id, audio, words, row.get("Emotion").strip(), origin));
        }
        unused(source, List.copyOf(clips.keySet()));
    }

    /// The clips of a part, by their names without ending.
    private Map<String, Path> clips(Source source, Path folder) {
        Path inside = Listing.folder(folder, source.clips);
        if (inside == null) {
            return new HashMap<>();
        }
        Map<String, Path> clips = new HashMap<>();
        Listing.files(inside, ".wav").forEach(file -> clips.put(Listing.stem(file), file));
        List<String> videos = Listing.files(inside, ".mp4").stream()
                .map(Listing::stem)
                .filter(name -> !clips.containsKey(name))
                .toList();
        if (!videos.isEmpty()) {
            reading.find(
                    Severity.WARNING,
                    "missing",
                    Count.of(videos.size(), "clip") + " in " + inside
                            + (videos.size() == 1 ? " is a video" : " are videos")
                            + " without a WAV file; convert "
                            + (videos.size() == 1 ? "it" : "them, each") + " with"
                            + " ffmpeg -i NAME.mp4 -vn -ac 1 -ar 16000 NAME.wav",
                    videos);
        }
        return clips;
    }

    /// Clips that no line of the table is about. In the test folder the second copies `final_videos_test...` are.
    private void unused(Source source, List<String> names) {
        List<String> copies = new ArrayList<>();
        List<String> others = new ArrayList<>();
        names.stream().sorted().forEach(name -> (name.startsWith("final_videos_test") ? copies : others).add(name));
        if (!copies.isEmpty()) {
            String message = Count.of(copies.size(), "clip") + " of " + source.name
                    + (copies.size() == 1 ? " is" : " are") + " there a second time and not read";
            reading.find(Severity.NOTE, "extra", message, copies);
        }
        if (!others.isEmpty()) {
            String message = Count.of(others.size(), "clip") + " of " + source.name
                    + (others.size() == 1 ? " is" : " are") + " in no line of its table and not read";
            reading.find(Severity.NOTE, "extra", message, others);
        }
    }

    private static int number(Csv.Row row, String column) {
        String text = row.get(column).strip();
        if (!text.matches("\\d{1,6}")) {
            throw new BadInputException(row.where() + ": " + column + " \"" + text
                    + "\" is no number; copy the file from the archive again");
        }
        return Integer.parseInt(text);
    }

    /// The published tables hold quotes and dashes of Windows as control characters (`It` U+0092 `s`): what was
    /// meant.
    static String quotes(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().map(MeldCorpus::meant).forEach(mended::appendCodePoint);
        return mended.toString();
    }

    private static int meant(int c) {
        return switch (c) {
            case 0x85 -> '…';
            case 0x91 -> '‘';
            case 0x92 -> '’';
            case 0x93 -> '“';
            case 0x94 -> '”';
            case 0x96 -> '–';
            case 0x97 -> '—';
            case 0xA0 -> ' ';
            default -> c;
        };
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
        CopyCheck check = copyCheck().counts("part", MeldCorpus::partAndEmotion, PER_CLASS);
        if (!hasClips) {
            return check.add(Severity.NOTE, "missing", "there are no clips: the text alone was checked")
                    .verification();
        }
        return check.recordingsOf(utterance -> utterance.id() + ".wav", BAD_CLIPS)
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
