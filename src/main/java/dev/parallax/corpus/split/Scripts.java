package dev.parallax.corpus.split;

import dev.parallax.BadInputException;
import dev.parallax.data.Utterance;
import dev.parallax.text.Tokenizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What must not be said in two parts. Lines of a script that several speakers read make scores of text optimistic:
/// whoever learned them knows their emotion (Pepino, Riera, Ferrer, Gravano, "Fusion Approaches for Emotion
/// Recognition from Speech Using Acoustic and Text-Based Features", ICASSP 2020, arXiv 2403.18635).
///
/// Two utterances say the same when they name the same script. Of single utterances, those that name none say the
/// same when their transcripts have the same words, whatever their case and punctuation, and at least [#LEAST_WORDS]
/// of them: shorter ones ("Yeah.", "I don't know.") are said by everyone, in every emotion, and nobody wrote them. Of
/// whole dialogues only the script counts, since some transcript of each occurs in any other.
final class Scripts {

    /// Transcripts of fewer words are nobody's lines. The parts of a contraction are one word.
    static final int LEAST_WORDS = 4;

    private static final Tokenizer WORDS = new Tokenizer(true, false);

    private final Map<String, String> saidBy; // id to script or transcript
    private final boolean wholeDialogues;

    private Scripts(Map<String, String> saidBy, boolean wholeDialogues) {
        this.saidBy = saidBy;
        this.wholeDialogues = wholeDialogues;
    }

    /// Scripts, else transcripts.
    ///
    /// @throws BadInputException where there is neither
    static Scripts ofUtterances(List<Utterance> utterances) {
        Map<String, String> saidBy = new HashMap<>();
        for (Utterance utterance : utterances) {
            String said = utterance.script() == null ? words(utterance.text()) : "script " + utterance.script();
            if (said != null) {
                saidBy.put(utterance.id(), said);
            }
        }
        if (saidBy.isEmpty()) {
            throw new BadInputException("split: no utterance names its script or has a transcript of " + LEAST_WORDS
                    + " words or more to tell it by; fill the column script, or ask for ‹protocol speakers-5›");
        }
        return new Scripts(saidBy, false);
    }

    /// Scripts alone; a dialogue that has one of them goes as a whole.
    ///
    /// @throws BadInputException where no utterance names one
    static Scripts ofDialogues(List<Utterance> utterances) {
        Map<String, String> saidBy = new HashMap<>();
        for (Utterance utterance : utterances) {
            if (utterance.script() != null) {
                saidBy.put(utterance.id(), utterance.script());
            }
        }
        if (saidBy.isEmpty()) {
            throw new BadInputException(
                    "split: no utterance names its script, and transcripts do not tell it of whole"
                            + " dialogues, which all have some in common; fill the column script, or ask for ‹protocol sessions›");
        }
        return new Scripts(saidBy, true);
    }

    /// The words of a transcript, one blank between them; null where they are too few to be anyone's lines.
    static @Nullable String words(@Nullable String text) {
        List<String> tokens = text == null ? List.of() : WORDS.tokenize(text);
        long words = tokens.stream()
                .filter(token -> !token.startsWith("'") && !token.equals("n't"))
                .count();
        return words < LEAST_WORDS ? null : "words " + String.join(" ", tokens);
    }

    /// Those of `utterances` that say nothing that `others` say, in their order.
    List<Utterance> unlike(List<Utterance> others, List<Utterance> utterances) {
        Set<@Nullable String> said = new HashSet<>();
        others.forEach(other -> said.add(saidBy.get(other.id())));
        said.remove(null);
        Set<@Nullable String> alike = new HashSet<>();
        for (Utterance utterance : utterances) {
            if (said.contains(saidBy.get(utterance.id()))) {
                alike.add(groupOf(utterance));
            }
        }
        return utterances.stream()
                .filter(utterance -> !alike.contains(groupOf(utterance)))
                .toList();
    }

    /// What goes or stays as a whole.
    private String groupOf(Utterance utterance) {
        return wholeDialogues ? Objects.requireNonNull(utterance.dialogue()) : utterance.id();
    }
}
