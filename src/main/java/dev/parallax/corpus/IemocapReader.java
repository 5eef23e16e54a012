package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.TextLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the sessions of IEMOCAP. The annotation of a dialogue lists its turns with their times and labels. The
/// transcript holds the words of the turns, and a folder holds their recordings.
final class IemocapReader {

    /// A line of a transcript: `Ses01F_impro01_F000 [006.2901-008.2357]: Excuse me.`
    private static final Pattern TRANSCRIPT =
            Pattern.compile("(Ses0[1-5][FM]_\\w+)\\s*\\[[\\d.\\s-]+]\\s*:\\s*(.*\\S)\\s*");

    /// The lines of the annotators under each turn: `C-E2:<TAB>Neutral;<TAB>()`, `A-E3:<TAB>val 3; act 2; dom 2;`.
    private static final Pattern ANNOTATOR = Pattern.compile("[CA]-[A-Z]{1,2}\\d*:.*");

    private static final Pattern DIALOGUE = Pattern.compile("Ses0[1-5][FM]_(?:impro|script)\\w+");

    /// The letters of the annotation, each with its emotion; `xxx` has none.
    static final Map<String, String> EMOTIONS = emotions();

    private static final String UNDECIDED = "xxx";

    private static final Pattern LINE = Pattern.compile(
            "\\[(\\d+\\.\\d+) - (\\d+\\.\\d+)]\\s+" // start and end
                    + "(Ses0[1-5][FM]_\\w+_[FM]\\w*\\d)\\s+([a-z]{3})\\s+\\[.*]\\s*"); // id, emotion, dimensions

    private static final Pattern SCRIPTED = Pattern.compile("Ses0[1-5][FM]_(script\\d+_\\d+)[a-z]?");

    private static Map<String, String> emotions() {
        Map<String, String> emotions = new LinkedHashMap<>();
        emotions.put("ang", "anger");
        emotions.put("dis", "disgust");
        emotions.put("exc", "excitement");
        emotions.put("fea", "fear");
        emotions.put("fru", "frustration");
        emotions.put("hap", "happiness");
        emotions.put("neu", "neutral");
        emotions.put("oth", "other");
        emotions.put("sad", "sadness");
        emotions.put("sur", "surprise");
        return emotions;
    }

    /// A line of the annotation: `[6.2901 - 8.2357]<TAB>Ses01F_impro01_F000<TAB>neu<TAB>[2.5000, 2.5000, 2.5000]`.
    ///
    /// The first `F` of a name says who wears the markers that were filmed in the whole dialogue. The letter of
    /// the last part says who speaks: the man of session 1 speaks `Ses01F_impro01_M000`.
    ///
    /// @param id      of the utterance
    /// @param start   in the dialogue [s]
    /// @param end     in the dialogue [s]
    /// @param emotion in English, or null where the annotators did not agree (`xxx`)
    record Turn(
            String id, double start, double end, @Nullable String emotion) {

        /// The turn in a line of `<dialogue>.txt`, or null where there is none, or one of another dialogue.
        static @Nullable Turn parse(String line, String dialogue) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches() || !matcher.group(3).startsWith(dialogue + "_")) {
                return null;
            }
            String letters = matcher.group(4);
            double start = Double.parseDouble(matcher.group(1));
            double end = Double.parseDouble(matcher.group(2));
            boolean known = letters.equals(UNDECIDED) || EMOTIONS.containsKey(letters);
            return known && end > start ? new Turn(matcher.group(3), start, end, EMOTIONS.get(letters)) : null;
        }

        /// Session and sex: `Ses01F`.
        String speaker() {
            return id.substring(0, 5) + id.charAt(id.lastIndexOf('_') + 1);
        }
    }

    private final CorpusBuilder reading;
    private final List<String> unfit = new ArrayList<>(); // lines of annotations
    private final List<String> unnamed = new ArrayList<>(); // lines of transcripts
    private final List<String> wordless = new ArrayList<>(); // turns
    private final List<String> unlabelled = new ArrayList<>(); // recordings and transcribed turns

    /// @param reading takes the utterances, and what does not fit
    IemocapReader(CorpusBuilder reading) {
        this.reading = reading;
    }

    /// Reads all sessions, by dialogue and turn.
    void read(Path folder) {
        sessions(folder).forEach(this::session);
        report();
    }

    private void report() {
        report(
                Severity.WARNING,
                "line",
                "line of the annotation does not fit and is not read",
                "lines of the annotation do not fit and are not read",
                unfit);
        report(
                Severity.NOTE,
                "line",
                "line of the transcripts names no utterance and is not read",
                "lines of the transcripts name no utterance and are not read",
                unnamed);
        report(Severity.WARNING, "text", "turn has no transcript", "turns have no transcript", wordless);
        report(
                Severity.NOTE,
                "extra",
                "recording or transcribed turn has no annotation, not read",
                "recordings or transcribed turns have no annotation, not read",
                unlabelled);
    }

    private void report(Severity severity, String kind, String one, String many, List<String> what) {
        if (!what.isEmpty()) {
            reading.find(severity, kind, Count.of(what.size(), one, many), what);
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
        List<Turn> turns = turns(annotation, dialogue);
        Map<String, String> texts = texts(session, dialogue);
        Map<String, Path> recordings = recordings(session, dialogue);
        Origin origin = Origin.UNKNOWN.withSession(session(dialogue)).withScript(script(dialogue));
        for (int turn = 0; turn < turns.size(); turn++) {
            Turn each = turns.get(turn);
            String text = texts.remove(each.id());
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
        Set<String> left = new TreeSet<>(texts.keySet());
        left.addAll(recordings.keySet());
        unlabelled.addAll(left);
    }

    /// The turns of a dialogue as they begin; lines that do not fit are counted.
    private List<Turn> turns(Path file, String dialogue) {
        List<Turn> turns = new ArrayList<>();
        int number = 0;
        for (String line : TextLines.of(file, StandardCharsets.ISO_8859_1)) {
            number++;
            Turn turn = Turn.parse(line, dialogue);
            if (turn != null) {
                turns.add(turn);
            } else if (!line.isBlank()
                    && !line.startsWith("%")
                    && !ANNOTATOR.matcher(line).matches()) {
                unfit.add(Listing.name(file) + " line " + number);
            }
        }
        turns.sort(Comparator.comparingDouble(Turn::start)
                .thenComparingDouble(Turn::end)
                .thenComparing(Turn::id));
        return turns;
    }

    /// Id to text. Lines without the name of an utterance (`M: [LAUGHTER]`) belong to no turn.
    private Map<String, String> texts(Path session, String dialogue) {
        Path folder = Listing.folder(session, "dialog", "transcriptions");
        Path file = folder == null ? null : Listing.child(folder, dialogue + ".txt");
        if (file == null) {
            reading.find(Severity.ERROR, "text", dialogue + ": its transcript dialog/transcriptions is not there");
            return new HashMap<>();
        }
        Map<String, String> texts = new HashMap<>();
        int number = 0;
        for (String line : TextLines.of(file, StandardCharsets.ISO_8859_1)) {
            number++;
            Matcher matcher = TRANSCRIPT.matcher(line);
            if (matcher.matches()) {
                texts.put(matcher.group(1), matcher.group(2));
            } else if (!line.isBlank()) {
                unnamed.add(Listing.name(file) + " line " + number);
            }
        }
        return texts;
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

    /// The session of a dialogue.
    private static String session(String dialogue) {
        return "Session" + dialogue.charAt(4);
    }

    /// The script that a dialogue follows, the same name in every session (`script01_1`, also for its halves
    /// `script01_1a` and `script01_1b`), or null for one that is improvised.
    static @Nullable String script(String dialogue) {
        Matcher matcher = SCRIPTED.matcher(dialogue);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
