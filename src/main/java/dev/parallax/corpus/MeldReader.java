package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import dev.parallax.io.TextLines;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads one part of MELD after the other: its table, and the names of its clips.
final class MeldReader {

    /// A part of the corpus.
    ///
    /// @param name   in ids and in the name of its table: `train_sent_emo.csv`
    /// @param clips  the folder of its clips
    /// @param part   that it is
    record Source(String name, String clips, Part part) {

        /// The table, beside the clips or among them; null where it is not there.
        @Nullable
        Path table(Path folder) {
            String file = name + "_sent_emo.csv";
            Path beside = Listing.child(folder, file);
            Path inside = Listing.folder(folder, clips);
            return beside != null || inside == null ? beside : Listing.child(inside, file);
        }
    }

    static final List<Source> SOURCES = List.of(
            new Source("train", "train_splits", Part.TRAIN),
            new Source("dev", "dev_splits_complete", Part.VAL),
            new Source("test", "output_repeated_splits_test", Part.TEST));

    /// Id to what is wrong with a clip as published; its words are read, its sound is not.
    static final Map<String, String> BAD_CLIPS = Map.of(
            "train/dia125_utt3", "its file is damaged",
            "train/dia309_utt0", "it is cut wrongly",
            "dev/dia110_utt7", "it was never published",
            "test/dia38_utt4", "it is cut wrongly and lasts minutes",
            "test/dia220_utt0", "it is cut wrongly and lasts minutes");

    /// What a table is in that is not in UTF-8.
    private static final Charset OLD = Charset.forName("windows-1252");

    private final Path folder;
    private final CorpusBuilder reading = new CorpusBuilder();

    private MeldReader(Path folder) {
        this.folder = folder;
    }

    /// The utterances of all three parts, and what did not fit.
    static CorpusBuilder read(Path folder) {
        MeldReader reader = new MeldReader(folder);
        SOURCES.forEach(reader::read);
        return reader.reading;
    }

    private void read(Source source) {
        Path table = source.table(folder);
        if (table == null) {
            reading.find(
                    Severity.ERROR, "missing", source.name + "_sent_emo.csv is not there; copy it from the archive");
            return;
        }
        Map<String, Path> clips = clips(source);
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
    private Map<String, Path> clips(Source source) {
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
                    videos.size() + " clips in " + inside + " are videos without a WAV file; convert them, each with"
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
            String message = copies.size() + " clips of " + source.name + " are there a second time and not read";
            reading.find(Severity.NOTE, "extra", message, copies);
        }
        if (!others.isEmpty()) {
            String message = others.size() + " clips of " + source.name + " are in no line of its table and not read";
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

    /// The published tables hold quotes and dashes of Windows as control characters (`It` U+0092 `s`): what was meant.
    static String quotes(String text) {
        StringBuilder mended = new StringBuilder(text.length());
        text.codePoints().map(MeldReader::meant).forEach(mended::appendCodePoint);
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
}
