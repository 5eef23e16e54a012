package dev.parallax.corpus.verify;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.corpus.verify.Verification.Finding;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Whether the parts that anyone's own table names, and those that would be drawn of it, can do their work.
final class PartReview {

    private static final String SPLIT = "split"; // the kind of the findings
    private static final int LEAST_SPEAKERS = 3; // fewer are never kept apart in three parts

    private PartReview() {}

    /// A warning for each part that is too small or lacks classes, and where no good parts can be drawn; an error
    /// where the table's own parts cannot be used, which training refuses.
    ///
    /// @param all utterances of the table, whose speakers are spelled in one way
    static List<Finding> findings(List<Utterance> all) {
        boolean dialogues = all.stream().allMatch(utterance -> utterance.vectors() != null);
        List<Utterance> utterances = all.stream()
                .filter(utterance -> dialogues || utterance.emotion() != null)
                .map(PartReview::withoutSound)
                .toList();
        if (utterances.isEmpty() || !isDivisible(utterances)) {
            return List.of();
        }
        boolean given = isGiven(utterances);
        try {
            Splitter splitter = dialogues
                    ? new DialogueSplitter(utterances, Map.of(), 1, SoundCopies.NONE)
                    : new UtteranceSplitter(utterances, Map.of(), 1, SoundCopies.NONE);
            Split split = splitter.standard();
            Stream<String> shared = split.how().contains(Split.VALIDATED_ON_TRAINED)
                    ? Stream.of("no draw of other speakers could validate: " + split.how())
                    : Stream.empty();
            Stream<String> found = given
                    ? new ClassReview(split, utterances, Labels.occurringIn(utterances)).lines().stream()
                    : Stream.empty();
            return Stream.concat(shared, found)
                    .map(line -> new Finding(Severity.WARNING, SPLIT, line))
                    .toList();
        } catch (BadInputException e) {
            Severity severity = given ? Severity.ERROR : Severity.WARNING;
            return List.of(new Finding(severity, SPLIT, String.valueOf(e.getMessage())));
        }
    }

    /// Whether the table names parts, if only of some utterances.
    private static boolean isGiven(List<Utterance> utterances) {
        return utterances.stream().anyMatch(utterance -> utterance.split() != null);
    }

    /// Whether there are parts, or enough speakers to draw some.
    private static boolean isDivisible(List<Utterance> utterances) {
        if (isGiven(utterances)) {
            return utterances.stream().anyMatch(utterance -> Objects.equals(utterance.split(), Part.TRAIN.word()));
        }
        return utterances.stream().noneMatch(utterance -> utterance.speaker() == null)
                && utterances.stream().map(Utterance::speaker).distinct().count() >= LEAST_SPEAKERS;
    }

    /// The same, of which nothing must be decoded to draw parts.
    private static Utterance withoutSound(Utterance utterance) {
        return new Utterance(utterance.id(), null, utterance.id(), utterance.emotion(), utterance.origin());
    }
}
