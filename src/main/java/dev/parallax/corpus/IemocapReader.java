package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.TextLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the sessions of IEMOCAP: the annotation of a dialogue says which turns there are, when and how they were
/// labelled, its transcript what was said, and a folder holds the recordings of its turns.
final class IemocapReader {

    /// `Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.`
    private static final Pattern SAID = Pattern.compile("(Ses0[1-5][FM]_\\w+)\\s*\\[[\\d.\\s-]+]\\s*:\\s*(.*\\S)\\s*");

    /// The lines of the annotators under each turn: `C-E2:<TAB>Neutral;<TAB>()`, `A-E3:<TAB>val 3; act 2; dom 2;`.
    private static final Pattern ANNOTATOR = Pattern.compile("[CA]-[A-Z]{1,2}\\d*:.*");

    private static final Pattern DIALOGUE = Pattern.compile("Ses0[1-5][FM]_(?:impro|script)\\w+");

    private final CorpusBuilder reading = new CorpusBuilder();
    private final List<String> unfit = new ArrayList<>(); // lines of annotations
    private final List<String> unnamed = new ArrayList<>(); // lines of transcripts
    private final List<String> wordless = new ArrayList<>(); // turns
    private final List<String> unlabelled = new ArrayList<>(); // recordings and transcribed turns

    private IemocapReader() {}

    /// The utterances of all sessions, by dialogue and turn, and what did not fit.
    static CorpusBuilder read(Path folder) {
        IemocapReader reader = new IemocapReader();
        sessions(folder).forEach(reader::session);
        reader.report();
        return reader.reading;
    }

    private void report() {
        report(Severity.WARNING, "line", "lines of the annotation do not fit and are not read", unfit);
        report(Severity.NOTE, "line", "lines of the transcripts name no utterance and are not read", unnamed);
        report(Severity.WARNING, "text", "turns have no transcript", wordless);
        report(Severity.NOTE, "extra", "recordings or transcribed turns have no annotation, not read", unlabelled);
    }

    private void report(Severity severity, String kind, String message, List<String> what) {
        if (!what.isEmpty()) {
            reading.find(severity, kind, what.size() + " " + message, what);
        }
    }

    /// The folders `Session1` to `Session5` that are there.
    static List<Path> sessions(Path folder) {
        return Listing.folders(folder).stream()
                .filter(inside -> Listing.name(inside).matches("(?i)session[1-5]"))
                .toList();
    }

    private void session(Path session) {
        Path annotations = Listing.folder(session, "dialog", "EmoEvaluation");
        if (annotations == null) {
            String message = session + ": there is no dialog/EmoEvaluation in it; copy it from the archive";
            reading.find(Severity.ERROR, "missing", message);
            return;
        }
        for (Path file : Listing.files(annotations, ".txt")) {
            if (DIALOGUE.matcher(Listing.stem(file)).matches()) {
                dialogue(session, file);
            } else {
                reading.find(Severity.NOTE, "extra", file + " is no dialogue's annotation and is not read");
            }
        }
    }

    private void dialogue(Path session, Path annotation) {
        String dialogue = Listing.stem(annotation);
        List<IemocapTurn> turns = turns(annotation, dialogue);
        Map<String, String> said = said(session, dialogue);
        Map<String, Path> recordings = recordings(session, dialogue);
        Origin origin =
                Origin.UNKNOWN.withSession(IemocapTurn.session(dialogue)).withScript(IemocapTurn.script(dialogue));
        for (int turn = 0; turn < turns.size(); turn++) {
            IemocapTurn each = turns.get(turn);
            String text = said.remove(each.id());
            Path file = recordings.remove(each.id());
            if (text == null) {
                wordless.add(each.id());
            }
            if (text == null && file == null) {
                reading.find(Severity.ERROR, "missing", each.id() + " has neither recording nor transcript");
                continue;
            }
            reading.add(new Utterance(
                    each.id(),
                    file == null ? null : new FileAudio(file),
                    text,
                    each.emotion(),
                    origin.withSpeaker(each.speaker()).withTurn(dialogue, turn)));
        }
        Set<String> left = new TreeSet<>(said.keySet());
        left.addAll(recordings.keySet());
        unlabelled.addAll(left);
    }

    /// The turns of a dialogue as they begin; lines that do not fit are counted.
    private List<IemocapTurn> turns(Path file, String dialogue) {
        List<IemocapTurn> turns = new ArrayList<>();
        int number = 0;
        for (String line : TextLines.of(file, StandardCharsets.ISO_8859_1)) {
            number++;
            IemocapTurn turn = IemocapTurn.parse(line, dialogue);
            if (turn != null) {
                turns.add(turn);
            } else if (!line.isBlank()
                    && !line.startsWith("%")
                    && !ANNOTATOR.matcher(line).matches()) {
                unfit.add(Listing.name(file) + " line " + number);
            }
        }
        turns.sort(Comparator.comparingDouble(IemocapTurn::start)
                .thenComparingDouble(IemocapTurn::end)
                .thenComparing(IemocapTurn::id));
        return turns;
    }

    /// Id to words. Lines without the name of an utterance (`M: [LAUGHTER]`) are of nobody's turn.
    private Map<String, String> said(Path session, String dialogue) {
        Path folder = Listing.folder(session, "dialog", "transcriptions");
        Path file = folder == null ? null : Listing.child(folder, dialogue + ".txt");
        if (file == null) {
            reading.find(Severity.ERROR, "text", dialogue + ": its transcript dialog/transcriptions is not there");
            return new HashMap<>();
        }
        Map<String, String> words = new HashMap<>();
        int number = 0;
        for (String line : TextLines.of(file, StandardCharsets.ISO_8859_1)) {
            number++;
            Matcher matcher = SAID.matcher(line);
            if (matcher.matches()) {
                words.put(matcher.group(1), matcher.group(2));
            } else if (!line.isBlank()) {
                unnamed.add(Listing.name(file) + " line " + number);
            }
        }
        return words;
    }

    /// The recordings of a dialogue, by the ids of their turns.
    private static Map<String, Path> recordings(Path session, String dialogue) {
        Path folder = Listing.folder(session, "sentences", "wav", dialogue);
        Map<String, Path> files = new TreeMap<>();
        if (folder != null) {
            Listing.files(folder, ".wav").forEach(file -> files.put(Listing.stem(file), file));
        }
        return files;
    }
}
