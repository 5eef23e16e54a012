package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.verify.RecordingReview;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.setup.request.CorpusRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The utterances of a corpus that a model can use: those with a modality that it reads, their recordings readable.
///
/// @param utterances in their order
/// @param excluded   the others, with those that had no label
/// @param copies     among them, of the same sound
/// @param leftOut    what was left out on request, whose recordings have faults
/// @param twoLabels  recordings that a corpus publishes twice under different labels, which are always left out
/// @param unread     whose recordings cannot be read
public record UsableUtterances(
        List<Utterance> utterances,
        ExcludedUtterances excluded,
        SoundCopies copies,
        List<Utterance> leftOut,
        List<Utterance> twoLabels,
        List<Utterance> unread) {

    /// The reason for those with two labels.
    static final String TWO_LABELS = "published twice under different labels";

    /// The reason for those whose recordings cannot be read.
    static final String UNREAD = "with recordings that cannot be read";

    /// All, of corpora of vectors.
    static UsableUtterances all(CorpusSet corpora) {
        return new UsableUtterances(
                corpora.utterances(), corpora.excluded(), SoundCopies.NONE, List.of(), List.of(), List.of());
    }

    /// Computes the features of the recordings, leaves out utterances that cannot be used, and reports them. Where
    /// text alone is read, the utterances have no recordings any more, so that none is opened.
    ///
    /// @param needed of an utterance
    /// @param cache  of the features, one of the store's
    static UsableUtterances of(
            CorpusRequest request,
            CorpusSet corpora,
            InputRequirement needed,
            FeatureStore store,
            FeatureCache cache,
            int threads,
            Remarks remarks) {
        List<Utterance> kept =
                corpora.utterances().stream().filter(needed::fits).toList();
        if (kept.size() < corpora.utterances().size()) {
            remarks.log("left out " + Count.of(corpora.utterances().size() - kept.size(), "utterance") + " "
                    + needed.lack());
        }
        if (needed.wordsAlone() && request.leaveOut().isEmpty()) {
            kept = withoutAudio(kept);
        }
        SoundCache sounds = store.sounds();
        List<Utterance> readable = kept;
        List<Utterance> unread = List.of();
        List<@Nullable SoundFacts> facts = new ArrayList<>();
        if (needed.audio()) {
            Preparation preparation = store.prepared(kept, cache, sounds, threads, corpora.textIsFixed());
            readable = preparation.utterances();
            unread = preparation.failures().stream()
                    .map(Preparation.Failure::utterance)
                    .toList();
            preparation.usable().forEach(prepared -> facts.add(prepared.facts()));
        } else {
            facts.addAll(sounds.all(kept, threads, (_, _) -> {}));
        }
        SoundCopies copies = SoundCopies.of(readable, facts, threads);
        RecordingReview review = new RecordingReview(readable, facts, copies, corpora.published());
        ExcludedUtterances excluded = corpora.excluded()
                .with(needed.lack(), labelled(corpora.utterances()) - labelled(kept))
                .with(UNREAD, labelled(unread));
        UsableUtterances usable = new UsableUtterances(readable, excluded, copies, List.of(), List.of(), unread)
                .withoutTwoLabels(corpora, remarks)
                .without(review.chosen(request.leaveOut()))
                .said(review, needed.audio(), request.leaveOut(), remarks);
        return needed.wordsAlone() ? usable.withoutAudio() : usable;
    }

    private UsableUtterances withoutAudio() {
        return new UsableUtterances(
                withoutAudio(utterances), excluded, copies, withoutAudio(leftOut), withoutAudio(twoLabels), unread);
    }

    private static List<Utterance> withoutAudio(List<Utterance> those) {
        return those.stream().map(Utterance::withoutAudio).toList();
    }

    /// These without what a corpus publishes twice under different labels.
    private UsableUtterances withoutTwoLabels(CorpusSet corpora, Remarks remarks) {
        List<Utterance> left = corpora.withoutTwoLabels(utterances, copies, remarks);
        Set<String> kept = left.stream().map(Utterance::id).collect(Collectors.toSet());
        List<Utterance> out = those(utterance -> !kept.contains(utterance.id()));
        return out.isEmpty()
                ? this
                : new UsableUtterances(
                        left, excluded.with(TWO_LABELS, labelled(out)), copies.within(left), leftOut, out, unread);
    }

    private List<Utterance> those(Predicate<Utterance> fit) {
        return utterances.stream().filter(fit).toList();
    }

    /// These without what is to be left out.
    ///
    /// @param chosen ids by the fault or group that they are left out for
    /// @throws BadInputException when nothing is left
    private UsableUtterances without(Map<String, Set<String>> chosen) {
        Set<String> ids = chosen.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<Utterance> left = those(utterance -> !ids.contains(utterance.id()));
        List<Utterance> out = those(utterance -> ids.contains(utterance.id()));
        if (left.isEmpty()) {
            throw new BadInputException(
                    "‹leave-out›: all " + Count.of(utterances.size(), "utterance has", "utterances have")
                            + " one of these faults, and nothing is left; mend the recordings");
        }
        ExcludedUtterances more = excluded;
        for (Map.Entry<String, Set<String>> each : chosen.entrySet()) {
            List<Utterance> those = out.stream()
                    .filter(utterance -> each.getValue().contains(utterance.id()))
                    .toList();
            more = more.with("whose recordings " + each.getKey(), labelled(those));
        }
        return new UsableUtterances(left, more, copies.within(left), out, twoLabels, unread);
    }

    /// The same, after reporting faults of recordings and what was left out.
    private UsableUtterances said(RecordingReview review, boolean heard, List<String> faults, Remarks remarks) {
        if (!leftOut.isEmpty()) {
            remarks.log("left out on request (‹leave-out " + String.join(",", faults) + "›): "
                    + Count.of(leftOut.size(), "utterance") + ", the first is "
                    + leftOut.getFirst().id());
        }
        if (heard) {
            review.lines(faults).forEach(remarks::warn);
        }
        return this;
    }

    /// Ids of those whose recordings cannot be read.
    public List<String> unreadIds() {
        return unread.stream().map(Utterance::id).toList();
    }

    /// A split that records what was left out, and whether its members are known by their words alone.
    Split recorded(Split drawn) {
        boolean words =
                utterances.stream().allMatch(utterance -> utterance.audio() == null && utterance.vectors() == null);
        Split split = words ? drawn.ofWords() : drawn;
        Split read = unread.isEmpty()
                ? split
                : split.leavingOut(
                        unread.stream().map(Split.Member::ofUnread).toList(),
                        "; " + unread.size() + " left out, whose recordings cannot be read");
        Split without = leavingOut(read, twoLabels, " left out, " + TWO_LABELS);
        return leavingOut(without, leftOut, " left out on request, whose recordings have faults");
    }

    private static Split leavingOut(Split split, List<Utterance> out, String why) {
        return out.isEmpty()
                ? split
                : split.leavingOut(out.stream().map(Split.Member::of).toList(), "; " + out.size() + why);
    }

    /// How many have a label; those without one are counted as such already.
    static int labelled(List<Utterance> utterances) {
        return (int) utterances.stream()
                .filter(utterance -> utterance.emotion() != null)
                .count();
    }
}
