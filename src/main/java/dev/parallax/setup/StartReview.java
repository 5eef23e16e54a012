package dev.parallax.setup;

import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.split.Split;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.train.LearnedData;
import java.util.List;

/// What is not new to the model that training starts from: a test part that it knows is no test, and a
/// validation part that it knows chooses badly.
///
/// @param split    of the training; not speaker-independent where that model has learned from its test speakers
/// @param testSeen how many utterances of its test part that model, or one before it, has learned from
record StartReview(Split split, int testSeen) {

    /// Compares a split with what a model has learned from; reports what is not new to it, once.
    ///
    /// @param all    the utterances of the split
    /// @param copies of the same sound among them
    static StartReview of(TrainingStart start, Split split, List<Utterance> all, SoundCopies copies, Remarks remarks) {
        LearnedData learned = LearnedData.startingFrom(start.record(), split);
        if (learned.earlier().isEmpty()) {
            return new StartReview(split, 0);
        }
        List<Utterance> validation = split.select(Part.VAL, all);
        int choosing = learned.withoutEarlierChoices()
                .seenBefore(validation, all, copies)
                .utterances()
                .size();
        if (choosing > 0) {
            remarks.warn("‹init›: its model was trained on " + choosing + " of the "
                    + Count.of(validation.size(), "validation utterance")
                    + ": they choose the epoch, the temperature and when an answer is sure, all"
                    + " too favourably; name other ‹val-speakers›");
        }
        List<Utterance> test = split.select(Part.TEST, all);
        int seen = learned.seenBefore(test, all, copies).utterances().size();
        List<String> speakers = learned.speakersKnownBefore(test);
        Split marked = split;
        if (!speakers.isEmpty()) {
            marked = marked.dependent(
                    "; THE MODEL IT STARTS FROM KNOWS THE TEST SPEAKERS " + String.join(", ", speakers));
            remarks.warn(
                    "‹init›: its model has learned from speakers of these names, so they are no new speakers here: "
                            + String.join(", ", speakers)
                            + "; name other ‹test-speakers›, or rename speakers who are not the same");
        }
        if (seen > 0) {
            marked = marked.dependent(
                    "; THE MODEL IT STARTS FROM KNOWS " + Count.of(seen, "TEST UTTERANCE", "TEST UTTERANCES"));
            remarks.warn("‹init›: its model has learned from " + seen + " of the "
                    + Count.of(test.size(), "test utterance")
                    + ", so their scores will be too good, and are marked; name other ‹test-speakers›,"
                    + " or start from a model that was not trained on them");
        }
        return new StartReview(marked, seen);
    }
}
