package dev.parallax.corpus;

import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Utterance;
import java.util.ArrayList;
import java.util.List;

/// A protocol on the [Stage].
///
/// @param dialogues whether of whole dialogues
/// @param name      of the protocol
/// @param folds     how many it has
/// @param allTested whether everyone is tested once over the folds
/// @param apart     whether no speaker is in two parts
record ProtocolCase(boolean dialogues, String name, int folds, boolean allTested, boolean apart) {

    private static final List<Protocol> OWN = List.of(
            new Protocol(
                    "drawn",
                    "names nobody to validate on",
                    List.of(
                            new Protocol.Fold(List.of("s0f", "s0m"), List.of()),
                            new Protocol.Fold(List.of("s1f", "s1m"), List.of()))),
            new Protocol(
                    "named",
                    "names everybody",
                    List.of(new Protocol.Fold(List.of("s0f", "s0m"), List.of("s1f", "s1m")))),
            new Protocol(
                    "improvised",
                    "without what follows a script",
                    new Protocol.Scope(utterance -> utterance.script() == null, "which follow a script"),
                    List.of(
                            new Protocol.Fold(List.of("s0f", "s0m"), List.of()),
                            new Protocol.Fold(List.of("s1f", "s1m"), List.of("s2f", "s2m")))));

    /// Every protocol at both levels.
    static List<ProtocolCase> all() {
        List<ProtocolCase> cases = new ArrayList<>();
        for (boolean dialogues : new boolean[] {false, true}) {
            cases.add(new ProtocolCase(dialogues, "speakers", 1, false, true));
            cases.add(new ProtocolCase(dialogues, "speakers-3", 3, true, true));
            cases.add(new ProtocolCase(dialogues, "folds-4", 4, true, true));
            cases.add(new ProtocolCase(dialogues, "loso", 12, true, true));
            cases.add(new ProtocolCase(dialogues, "sessions", 6, true, true));
            cases.add(new ProtocolCase(dialogues, "dialogues-5", 5, true, false));
            cases.add(new ProtocolCase(dialogues, "scripts", 6, true, true));
            cases.add(new ProtocolCase(dialogues, "scripts-6", 6, true, true));
            cases.add(new ProtocolCase(dialogues, "given", 1, false, true));
            cases.add(new ProtocolCase(dialogues, "random", 1, false, false));
            cases.add(new ProtocolCase(dialogues, "drawn", 2, false, true));
            cases.add(new ProtocolCase(dialogues, "named", 1, false, true));
            cases.add(new ProtocolCase(dialogues, "improvised", 2, false, true));
        }
        cases.add(new ProtocolCase(true, "dialogues", 1, false, true));
        return cases;
    }

    /// What is split: the stage, and for leaving one speaker of dialogues out a stage of monologues.
    List<Utterance> utterances() {
        return dialogues && name.equals("loso")
                ? Stage.from(origin -> origin.withTurn(origin.dialogue() + origin.speaker(), origin.turn()))
                : Stage.utterances();
    }

    /// The folds of the utterances in another order.
    List<Split> splits(List<Utterance> utterances, long seed) {
        Splitter splitter = dialogues
                ? new DialogueSplitter(utterances, Stage.sexes(), seed)
                : new UtteranceSplitter(utterances, Stage.sexes(), seed);
        return splitter.byName(name, OWN);
    }

    List<Split> splits(long seed) {
        return splits(utterances(), seed);
    }

    @Override
    public String toString() {
        return (dialogues ? "dialogues: " : "utterances: ") + name;
    }
}
