package dev.parallax.corpus;

import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Protocol.Fold;
import dev.parallax.corpus.split.Protocol.Scope;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.ClassSet;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Interactive Emotional Dyadic Motion Capture: five sessions, in each a woman and a man in scripted and
/// improvised dialogues, 151 of them with 10039 turns at 16 kHz, transcribed and labelled by several listeners.
/// Licence: by a form that is signed.
///
/// Layout: `Session1/dialog/EmoEvaluation/<dialogue>.txt` (turns and labels),
/// `Session1/dialog/transcriptions/...`, `Session1/sentences/wav/<dialogue>/<turn>.wav`, up to `Session5` (see
/// `IemocapReader`).
///
/// Source: Busso, Bulut, Lee, Kazemzadeh, Mower, Kim, Chang, Lee, Narayanan, "IEMOCAP: Interactive Emotional
/// Dyadic Motion Capture Database", Language Resources and Evaluation 42, 2008.
public final class IemocapCorpus extends PublishedCorpus {

    private static final int SESSIONS = 5;

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private static final Map<String, Integer> PER_EMOTION = new TreeMap<>(Map.of(
            "anger", 1103,
            "disgust", 2,
            "excitement", 1041,
            "fear", 40,
            "frustration", 1849,
            "happiness", 595,
            "neutral", 1708,
            "other", 3,
            "sadness", 1084,
            "surprise", 107));

    private static final int UNDECIDED = 2507;

    private static final List<String> USUAL = List.of("anger", "happiness", "excitement", "neutral", "sadness");

    /// Turns of the usual five in each session.
    private static final int[][] PER_SESSION = {
        {229, 135, 143, 384, 194},
        {137, 117, 210, 362, 197},
        {240, 135, 151, 320, 305},
        {327, 65, 238, 258, 143},
        {170, 143, 299, 384, 245}
    };

    /// Turns of the usual five in improvised dialogues.
    private static final int[] IMPROVISED = {289, 284, 663, 1099, 608};

    /// Turns of the usual five in scripted dialogues.
    private static final int[] SCRIPTED = {814, 311, 378, 609, 476};

    private static final Map<String, Integer> DIALOGUES =
            Map.of("Session1", 28, "Session2", 30, "Session3", 32, "Session4", 30, "Session5", 31);

    private IemocapCorpus(Path folder) {
        super("iemocap", folder);
        new IemocapReader(reading).read(folder);
    }

    /// Opens the folder that holds those of the sessions, `IEMOCAP_full_release`.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static IemocapCorpus open(Path path) {
        CorpusFolder folder = new CorpusFolder(
                "iemocap",
                "the folders Session1 to Session5",
                at -> IemocapReader.sessions(at).stream()
                        .anyMatch(session -> Listing.folder(session, "dialog", "EmoEvaluation") != null));
        return new IemocapCorpus(folder.of(path));
    }

    @Override
    public Labels labels() {
        return Labels.of(List.copyOf(IemocapReader.EMOTIONS.values()));
    }

    /// `4` first: anger, happiness with excitement, neutral, sadness, as most of its literature has it.
    @Override
    public List<ClassSet> classSets() {
        List<ClassSet> sets = new ArrayList<>(ClassSet.of(labels()));
        sets.add(sets.removeFirst()); // all
        return sets;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("turns on whose emotion the annotators did not agree (xxx) have none");
        notes.add("the scripts are the same in every session: a model of the text is tested on lines that it learned,"
                + " unless ‹protocol scripts› or improvised is asked for");
        reading.findings().stream()
                .filter(finding -> finding.kind().equals("line"))
                .forEach(finding -> notes.add(finding.message() + "; corpus verify lists them"));
        return notes;
    }

    @Override
    public boolean textIsFixed() {
        return false;
    }

    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new TreeMap<>();
        for (int session = 1; session <= SESSIONS; session++) {
            sexes.put("Ses0" + session + "F", Sex.FEMALE);
            sexes.put("Ses0" + session + "M", Sex.MALE);
        }
        return sexes;
    }

    /// `dialogues-120-31` tests session 5, as the literature on dialogues does; `improvised` tests one session
    /// after the other, without what follows a script.
    @Override
    public List<Protocol> protocols() {
        List<Fold> folds = new ArrayList<>();
        for (int session = 1; session <= SESSIONS; session++) {
            folds.add(new Fold(List.of("Ses0" + session + "F", "Ses0" + session + "M"), List.of()));
        }
        Scope improvised = new Scope(utterance -> utterance.script() == null, "which follow a script");
        return List.of(
                new Protocol(
                        "dialogues-120-31",
                        "the 31 dialogues of session 5 are tested, the 120 others trained and validated on",
                        List.of(folds.getLast())),
                new Protocol(
                        "improvised",
                        "one session after the other is tested, improvised dialogues alone",
                        improvised,
                        folds));
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        Map<String, Integer> perEmotion = new LinkedHashMap<>(PER_EMOTION);
        perEmotion.put("undecided (xxx)", UNDECIDED);
        Map<String, Integer> perSession = new LinkedHashMap<>();
        for (int session = 0; session < PER_SESSION.length; session++) {
            add("Session" + (session + 1), PER_SESSION[session], perSession);
        }
        Map<String, Integer> perKind = new LinkedHashMap<>();
        add("improvised", IMPROVISED, perKind);
        add("scripted", SCRIPTED, perKind);
        return copyCheck()
                .recordingsOf(utterance -> utterance.id() + ".wav", Map.of())
                .counts("emotion", each -> each.emotion() == null ? "undecided (xxx)" : each.emotion(), perEmotion)
                .counts("session", each -> usual(each, each.session()), perSession)
                .counts("kind", each -> usual(each, kind(each)), perKind)
                .compare("session", "dialogue", dialoguesPerSession(), DIALOGUES)
                .recordings(AUDIO, listening)
                .verification();
    }

    private static String kind(Utterance utterance) {
        return utterance.script() == null ? "improvised" : "scripted";
    }

    /// The group of an utterance of one of the usual emotions; null for the others, which are not counted.
    private static @Nullable String usual(Utterance utterance, @Nullable String group) {
        String emotion = utterance.emotion();
        return emotion != null && USUAL.contains(emotion) ? group + ", " + emotion : null;
    }

    private static void add(String group, int[] numbers, Map<String, Integer> counts) {
        for (int i = 0; i < numbers.length; i++) {
            counts.put(group + ", " + USUAL.get(i), numbers[i]);
        }
    }

    private Map<String, Integer> dialoguesPerSession() {
        Set<String> seen = new HashSet<>();
        Map<String, Integer> counts = new TreeMap<>();
        for (Utterance utterance : utterances()) {
            if (seen.add(String.valueOf(utterance.dialogue()))) {
                counts.merge(String.valueOf(utterance.session()), 1, Integer::sum);
            }
        }
        return counts;
    }
}
