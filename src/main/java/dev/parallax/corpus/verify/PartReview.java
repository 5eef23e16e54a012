package dev.parallax.corpus.verify;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.DialogueSplitter;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Splitter;
import dev.parallax.corpus.split.UtteranceSplitter;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Whether the parts that anyone's own table names, and those that would be drawn of it, can do their work.
final class PartReview {

    private static final int LEAST_SPEAKERS = 3; // fewer are never kept apart in three parts

    private PartReview() {}

    /// A line for each part that is too small or lacks classes, and one where no good parts can be drawn.
    ///
    /// @param all utterances of the table, whose speakers are spelled in one way
    static List<String> lines(List<Utterance> all) {
        boolean dialogues = all.stream().allMatch(utterance -> utterance.vectors() != null);
        List<Utterance> utterances = all.stream()
                .filter(utterance -> dialogues || utterance.emotion() != null)
                .map(PartReview::withoutSound)
                .toList();
        if (utterances.isEmpty() || !isDivisible(utterances)) {
            return List.of();
        }
        try {
            Splitter splitter = dialogues
                    ? new DialogueSplitter(utterances, Map.of(), 1, SoundCopies.NONE)
                    : new UtteranceSplitter(utterances, Map.of(), 1, SoundCopies.NONE);
            Split split = splitter.standard();
            boolean given = utterances.getFirst().split() != null;
            Stream<String> shared = split.how().contains(Split.VALIDATED_ON_TRAINED)
                    ? Stream.of("no draw of other speakers could validate: " + split.how())
                    : Stream.empty();
            Stream<String> found = given
                    ? new ClassReview(split, utterances, Labels.occurringIn(utterances)).lines().stream()
                    : Stream.empty();
            return Stream.concat(shared, found).toList();
        } catch (BadInputException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /// Whether there are parts, or enough speakers to draw some.
    private static boolean isDivisible(List<Utterance> utterances) {
        if (utterances.getFirst().split() != null) {
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
