package dev.parallax.transcript;

import dev.parallax.BadInputException;
import dev.parallax.io.Count;
import dev.parallax.io.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// The turns of a recording, in the order of time.
///
///     Transcript talk = Transcript.read(Path.of("talk.srt"));
///     talk.turns().getFirst().text(); // "so glad you came"
///
/// @param format its name
/// @param turns  in the order in which they begin; of plain text without times in that of its lines
/// @param notes  what was passed over or put right, one line each
public record Transcript(String format, List<SpokenTurn> turns, List<String> notes) {

    /// The largest file that is read `[bytes]`: more than a hundred hours with the times of all words.
    static final long MOST_BYTES = 32 << 20;

    // asked in this order; the last takes any text
    private static final List<TranscriptFormat> FORMATS = List.of(
            new Elan(),
            new TextGrid(),
            new WebVtt(),
            new WhisperJson(),
            new WhisperTable(),
            new SubRip(),
            new Stm(),
            new Ctm(),
            new PlainText());

    public Transcript {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(turns, "turns");
        Objects.requireNonNull(notes, "notes");
        turns = List.copyOf(turns);
        notes = List.copyOf(notes);
    }

    /// The names of all formats.
    static List<String> formats() {
        return FORMATS.stream().map(TranscriptFormat::title).toList();
    }

    /// Reads a file; its content decides on the format, never its name.
    ///
    /// @throws BadInputException if it cannot be read, is too large, damaged, or has no turn
    public static Transcript read(Path file) {
        Objects.requireNonNull(file, "file");
        if (file.toFile().length() > MOST_BYTES) {
            throw new BadInputException(file + ": has " + file.toFile().length() + " bytes, more than the " + MOST_BYTES
                    + " of the largest transcript that is read; split it");
        }
        return parse(TextFile.read(file), file.toString());
    }

    /// Reads a text.
    ///
    /// @param where what the text is, the start of every message
    public static Transcript parse(String text, String where) {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(where, "where");
        OtherFormats.refuse(text, where);
        TranscriptFormat format =
                FORMATS.stream().filter(each -> each.begins(text)).findFirst().orElseThrow();
        List<String> notes = new ArrayList<>();
        List<SpokenTurn> all = format.read(text, where, notes::add);
        List<SpokenTurn> turns = new ArrayList<>(
                all.stream().filter(turn -> !turn.text().isEmpty()).toList());
        if (turns.isEmpty()) {
            throw new BadInputException(
                    where + ": holds no turn" + (all.isEmpty() ? "" : " with words") + "; is it the whole transcript?");
        }
        if (turns.size() < all.size()) {
            notes.add(Count.of(all.size() - turns.size(), "turn") + " without text passed over");
        }
        sort(turns, notes);
        return new Transcript(format.title(), turns, notes);
    }

    /// Refuses lines without times where a recording is heard too: no stretch of it belongs to any.
    ///
    /// @param where what the transcript is, the start of the message
    public void requireTimes(String where) {
        Objects.requireNonNull(where, "where");
        if (turns.stream().allMatch(turn -> turn.span() == null)) {
            throw new BadInputException(
                    where + ": its lines have no times, so no stretch of the recording belongs to a"
                            + " turn; leave ‹audio› out to read the words alone, or write [00:01.000 --> 00:04.000] before each");
        }
    }

    private static void sort(List<SpokenTurn> turns, List<String> notes) {
        if (turns.stream().anyMatch(turn -> turn.span() == null)) {
            return;
        }
        int unordered = 0;
        int overlapping = 0;
        for (int i = 1; i < turns.size(); i++) {
            unordered += turns.get(i).start() < turns.get(i - 1).start() ? 1 : 0;
        }
        turns.sort(Comparator.comparingDouble(SpokenTurn::start)); // stable
        double end = Double.NEGATIVE_INFINITY;
        for (SpokenTurn turn : turns) {
            overlapping += turn.start() < end ? 1 : 0;
            end = Math.max(end, Objects.requireNonNull(turn.span()).end());
        }
        if (unordered > 0) {
            notes.add(Count.of(unordered, "turn begins", "turns begin")
                    + " before the one above; they are put in the order of time");
        }
        if (overlapping > 0) {
            notes.add(Count.of(overlapping, "turn begins", "turns begin")
                    + " before another has ended; both voices are heard there");
        }
    }
}
