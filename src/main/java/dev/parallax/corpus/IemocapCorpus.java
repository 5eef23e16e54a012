package dev.parallax.corpus;

import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Protocol.Fold;
import dev.parallax.corpus.split.Protocol.Scope;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.ClassSet;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Interactive Emotional Dyadic Motion Capture: five sessions, in each a woman and a man in scripted and improvised
/// dialogues, 151 of them with 10039 turns at 16 kHz, transcribed and labelled by several listeners. Licence: by a
/// form that is signed.
///
/// Layout: `Session1/dialog/EmoEvaluation/<dialogue>.txt` (turns and labels), `Session1/dialog/transcriptions/...`,
/// `Session1/sentences/wav/<dialogue>/<turn>.wav`, up to `Session5` (see `IemocapReader`).
///
/// Source: Busso, Bulut, Lee, Kazemzadeh, Mower, Kim, Chang, Lee, Narayanan, "IEMOCAP: Interactive Emotional Dyadic
/// Motion Capture Database", Language Resources and Evaluation 42, 2008.
public final class IemocapCorpus implements Corpus {

    private static final int SESSIONS = 5;

    private final Path folder;
    private final CorpusBuilder reading;

    private IemocapCorpus(Path folder) {
        this.folder = folder;
        this.reading = IemocapReader.read(folder);
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
    public String name() {
        return "iemocap";
    }

    @Override
    public List<Utterance> utterances() {
        return reading.utterances();
    }

    @Override
    public Labels labels() {
        return Labels.of(List.copyOf(IemocapTurn.EMOTIONS.values()));
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
                + " unless --protocol scripts or improvised is asked for");
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

    /// `dialogues-120-31` tests session 5, as the literature on dialogues does; `improvised` tests one session after
    /// the other, without what follows a script.
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
        return IemocapVerification.of("iemocap:" + folder, utterances(), reading.findings(), listening);
    }
}
