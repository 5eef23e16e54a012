package dev.parallax.train;

import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.Split.Hashing;
import dev.parallax.data.Utterance;
import dev.parallax.io.JsonObject;
import dev.parallax.model.RunRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a model has learned from or was chosen by: the training and validation parts of its own split, and those
/// of the models that it started from, through any number of steps.
///
/// @param own     the split of the model itself
/// @param earlier those of the models that it started from, the last one first; without what they did not learn
///                from
public record LearnedData(Split own, List<Split> earlier) {

    public LearnedData {
        earlier = List.copyOf(earlier);
    }

    /// What the record of a model says.
    ///
    /// @throws dev.parallax.BadInputException when it is damaged
    public static LearnedData of(RunRecord record) {
        return new LearnedData(
                Split.fromJson(record.split()),
                record.startedFrom().stream().map(Split::fromJson).toList());
    }

    /// What a model of a split will have learned from that starts from a trained one.
    ///
    /// @param start the record of the latter, null where there is none
    public static LearnedData startingFrom(@Nullable RunRecord start, Split split) {
        return new LearnedData(
                split, carried(start).stream().map(Split::fromJson).toList());
    }

    /// What the record of a model carries that starts from a trained one: the splits of that and of those before
    /// it.
    ///
    /// @param start the record of the trained model, null where there is none
    static List<JsonObject> carried(@Nullable RunRecord start) {
        if (start == null) {
            return List.of();
        }
        Split learned = Split.fromJson(start.split()).learned(start.isChosenOnTest());
        return Stream.concat(Stream.of(learned.toJson()), start.startedFrom().stream())
                .distinct()
                .toList();
    }

    /// Whether recordings tell what it has learned from, and not words alone.
    public boolean heard() {
        return Stream.concat(Stream.of(own), earlier.stream()).anyMatch(split -> split.hashing() != Hashing.WORDS);
    }

    /// The same without what only chose the models that this one started from.
    public LearnedData withoutEarlierChoices() {
        return new LearnedData(own, earlier.stream().map(Split::trained).toList());
    }

    /// Which of some utterances are not new to the model.
    ///
    /// @param all    the utterances of the corpus
    /// @param copies of the same sound among them
    public Split.Seen seen(List<Utterance> some, List<Utterance> all, SoundCopies copies) {
        return union(some, List.of(own.seen(some, all, copies), seenBefore(some, all, copies)));
    }

    /// Which of some utterances are not new to the models that it started from. As in [Split#seen], a sentence
    /// of the model's own test part is new where those models have learned the same words as another utterance.
    public Split.Seen seenBefore(List<Utterance> some, List<Utterance> all, SoundCopies copies) {
        Set<String> tested = own.testedMembers(some);
        List<Split.Seen> each = new ArrayList<>();
        for (Split split : earlier) {
            Split.Seen seen = split.seen(some, all, copies);
            List<Utterance> known = seen.utterances().stream()
                    .filter(utterance ->
                            split.hears(utterance) || !tested.contains(utterance.id()) || split.hasLearned(utterance))
                    .toList();
            each.add(new Split.Seen(known, seen.alike() + seen.utterances().size() - known.size()));
        }
        return union(some, each);
    }

    /// In the order of `some`.
    private static Split.Seen union(List<Utterance> some, List<Split.Seen> each) {
        Set<String> ids = new HashSet<>();
        each.forEach(seen -> seen.utterances().forEach(utterance -> ids.add(utterance.id())));
        List<Utterance> seen =
                some.stream().filter(utterance -> ids.contains(utterance.id())).toList();
        int alike = each.stream().mapToInt(Split.Seen::alike).max().orElse(0);
        return new Split.Seen(seen, Math.min(alike, some.size() - seen.size()));
    }

    /// Speakers of some utterances who have the name of one who was learned from; as the utterances have them,
    /// sorted.
    public List<String> knownSpeakers(List<Utterance> some) {
        return knownSpeakers(Stream.concat(Stream.of(own), earlier.stream()), some);
    }

    /// The same of the models that it started from.
    public List<String> speakersKnownBefore(List<Utterance> some) {
        return knownSpeakers(earlier.stream(), some);
    }

    private static List<String> knownSpeakers(Stream<Split> splits, List<Utterance> some) {
        return splits.flatMap(split -> split.knownSpeakers(some).stream())
                .distinct()
                .sorted()
                .toList();
    }

    /// How many recordings or other contents were learned from that are not among some utterances.
    public int unheard(List<Utterance> all) {
        Set<Split.Member> unheard = new HashSet<>(own.unheard(all));
        earlier.forEach(split -> unheard.addAll(split.unheard(all)));
        return (int) unheard.stream().map(Split.Member::hash).distinct().count();
    }
}
