package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.Refusal;
import dev.parallax.corpus.Stage;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a corpus does not allow is refused in one line that says what can be asked for instead.
class ProtocolRefusalsTest {

    private static void assertRefused(Splitter splitter, String protocol, String message) {
        assertEquals(message, Refusal.of(() -> splitter.byName(protocol, List.of())));
    }

    private static UtteranceSplitter single(List<Utterance> utterances) {
        return new UtteranceSplitter(utterances, Map.of(), 1);
    }

    private static DialogueSplitter whole(List<Utterance> utterances) {
        return new DialogueSplitter(utterances, Map.of(), 1);
    }

    /// The same two speakers everywhere.
    private static Origin recurring(Origin origin) {
        return origin.withSession(null).withSpeaker(origin.turn() % 2 == 0 ? "anna" : "bert");
    }

    @Test
    void unknownName_namesAllAndTheNearestWithItsNumber() {
        assertRefused(
                single(Stage.utterances()),
                "speaker-7",
                "‹protocol›: \"speaker-7\" is not one of [speakers, speakers-K, loso, sessions, dialogues-K, scripts,"
                        + " scripts-K, given, random]; did you mean \"speakers-7\" or \"speakers\"?");
        assertRefused(
                whole(Stage.utterances()),
                "dialogue",
                "‹protocol›: \"dialogue\" is not one of [speakers, speakers-K, loso, sessions, dialogues-K, scripts,"
                        + " scripts-K, given, random, dialogues]; did you mean \"dialogues\"?");
    }

    @Test
    void speakersK_tooFewOrUnknown_saysHowMany() {
        String one = "split: speakers-1: 12 speakers allow 2 to 12 folds, not 1";
        assertRefused(single(Stage.utterances()), "speakers-1", one);
        String many = "split: speakers-7: 6 sessions allow 2 to 6 folds, not 7";
        assertRefused(whole(Stage.utterances()), "speakers-7", many);
        String unknown =
                "split: 144 of 144 utterances have no speaker, so speakers cannot be kept apart; fill the column"
                        + " speaker, or ask for ‹protocol random›";
        assertRefused(single(Stage.from(origin -> origin.withSpeaker(null))), "loso", unknown);
        assertRefused(whole(Stage.from(origin -> origin.withSpeaker(null))), "speakers-3", unknown);
    }

    @Test
    void speakersOfDialogues_allConnected_asksForDialogues() {
        assertRefused(
                whole(Stage.from(ProtocolRefusalsTest::recurring)),
                "speakers",
                "split: speakers: three sessions are needed, dialogues that share speakers make 1; ‹protocol dialogues-5›"
                        + " mixes speakers, and is labelled so");
    }

    @Test
    void losoOfDialogues_twoSpeakers_asksForSessions() {
        assertRefused(
                whole(Stage.utterances()),
                "loso",
                "split: loso: dialogue \"Ses0_0\" has the speakers [s0f, s0m] and must not be in two parts; ask for"
                        + " ‹protocol sessions›");
    }

    @Test
    void sessions_notToBeFound_saysWhatIsMissing() {
        assertRefused(
                single(Stage.from(origin -> origin.withSession(null).withTurn(null, -1))),
                "sessions",
                "split: no utterance names its session, and 144 of 144 name no dialogue and 0 no speaker to find it by;"
                        + " fill the column session, or ask for ‹protocol speakers-5›");
        assertRefused(
                whole(Stage.from(origin -> origin.withSession(null).withSpeaker(null))),
                "sessions",
                "split: no utterance names its session, and 0 of 144 name no dialogue and 144 no speaker to find it by;"
                        + " fill the column session, or ask for ‹protocol dialogues-5›");
        assertRefused(
                single(Stage.from(origin -> origin.turn() == 0 ? origin.withSession(null) : origin)),
                "sessions",
                "split: 24 of 144 utterances name no session while others do; fill the column session, or leave it out");
    }

    @Test
    void sessions_onlyOne_asksForDialogues() {
        String message = "split: sessions: there is one session, [anna+bert], and nothing is left to train on; ask for"
                + " ‹protocol dialogues-5› or random";
        assertRefused(single(Stage.from(ProtocolRefusalsTest::recurring)), "sessions", message);
        assertRefused(whole(Stage.from(ProtocolRefusalsTest::recurring)), "sessions", message);
    }

    @Test
    void dialoguesK_noDialogues_asksForTheColumn() {
        assertRefused(
                single(Stage.from(origin -> origin.withTurn(null, -1))),
                "dialogues-5",
                "split: 144 of 144 utterances have no dialogue, so dialogues cannot be kept whole; fill the column"
                        + " dialogue, or ask for ‹protocol speakers-5›");
    }

    @Test
    void scripts_fixedSentences_leaveNothingToTrainOn() {
        String message =
                "split: scripts-3, fold 1 of 3, seed 1: nothing is left to train on, all others say what the test"
                        + " or the validation part says, as where sentences are fixed; ask for a protocol that keeps speakers"
                        + " apart alone, such as speakers-5 or sessions";
        assertRefused(single(Stage.from(origin -> origin.withScript("a" + origin.turn()))), "scripts-3", message);
    }

    @Test
    void scripts_nothingToTellThemBy_isRefused() {
        List<Utterance> mute = Stage.from(origin -> origin.withScript(null)).stream()
                .map(each -> new Utterance(each.id(), null, "Oh.", each.emotion(), each.origin()))
                .toList();
        assertRefused(
                single(mute),
                "scripts-3",
                "split: no utterance names its script or has a transcript of 4 words or more to tell it by; fill the"
                        + " column script, or ask for ‹protocol speakers-5›");
        assertRefused(
                whole(Stage.from(origin -> origin.withScript(null))),
                "scripts",
                "split: no utterance names its script, and transcripts do not tell it of whole dialogues, which all have"
                        + " some in common; fill the column script, or ask for ‹protocol sessions›");
    }

    @Test
    void scriptsOfDialogues_otherNumberThanSessions_isRefused() {
        assertRefused(
                whole(Stage.utterances()),
                "scripts-3",
                "split: scripts-3: whole dialogues are kept apart by session, and there are 6; ask for ‹protocol"
                        + " scripts›");
    }

    @Test
    void scripts_speakersInSeveralSessions_isRefused() {
        String message =
                "split: scripts: speakers cannot be kept apart, some are in several sessions or only one session"
                        + " is left to train and validate on; ask for ‹protocol sessions›";
        List<Utterance> recurring =
                Stage.from(origin -> "s1f".equals(origin.speaker()) ? origin.withSpeaker("s0f") : origin);
        assertRefused(single(recurring), "scripts", message);
        assertRefused(whole(recurring), "scripts", message);
    }
}
