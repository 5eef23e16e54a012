package dev.parallax.cli.setup;

import dev.parallax.BadInputException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.source.SoundFacts;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Syntax;
import dev.parallax.corpus.recordings.Preparation;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.recordings.SoundCopies;
import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.verify.RecordingReview;
import dev.parallax.data.Utterance;
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
/// @param leftOut    what `--leave-out` left out
public record Usable(List<Utterance> utterances, Exclusions excluded, SoundCopies copies, List<Utterance> leftOut) {

    /// Computes the features of what is heard, and leaves out what cannot be used; says so.
    ///
    /// @param modalities what the model reads
    /// @param both       whether an utterance must have them all
    /// @param cache      of the features
    static Usable of(
            Arguments arguments,
            CorpusSet corpora,
            List<String> modalities,
            boolean both,
            FeatureCache cache,
            Console console) {
        boolean audio = modalities.contains("audio");
        boolean text = modalities.contains("text");
        Predicate<Utterance> heard = utterance -> audio && utterance.audio() != null;
        Predicate<Utterance> read = utterance -> text && utterance.text() != null;
        Predicate<Utterance> fits = both && audio && text ? heard.and(read) : heard.or(read);
        List<Utterance> kept = corpora.utterances().stream().filter(fits).toList();
        String lacks = "without " + String.join(both ? " or " : " and ", modalities);
        if (kept.size() < corpora.utterances().size()) {
            console.log("left out " + (corpora.utterances().size() - kept.size()) + " utterances " + lacks);
        }
        SoundCache sounds = FeatureStore.sounds(arguments, corpora.embedded(), console);
        int threads = Computing.threads(arguments);
        List<Utterance> readable = kept;
        List<@Nullable SoundFacts> facts = new ArrayList<>();
        if (audio) {
            Preparation preparation = FeatureStore.prepared(kept, cache, sounds, threads, console);
            readable = preparation.utterances();
            preparation.usable().forEach(prepared -> facts.add(prepared.facts()));
        } else {
            facts.addAll(sounds.all(kept, threads, (_, _) -> {}));
        }
        SoundCopies copies = SoundCopies.of(readable, facts, threads);
        RecordingReview review = new RecordingReview(readable, facts, copies);
        Exclusions excluded = corpora.excluded()
                .with(lacks, labelled(corpora.utterances()) - labelled(kept))
                .with("with recordings that cannot be read", labelled(kept) - labelled(readable));
        return new Usable(readable, excluded, copies, List.of())
                .without(review.chosen(arguments.list(Syntax.LEAVE_OUT)))
                .said(review, audio, arguments, console);
    }

    /// These without what is to be left out.
    ///
    /// @param chosen ids by what they are
    /// @throws BadInputException when nothing is left
    private Usable without(Map<String, Set<String>> chosen) {
        Set<String> ids = chosen.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        List<Utterance> left = utterances.stream()
                .filter(utterance -> !ids.contains(utterance.id()))
                .toList();
        List<Utterance> out = utterances.stream()
                .filter(utterance -> ids.contains(utterance.id()))
                .toList();
        if (left.isEmpty()) {
            throw new BadInputException("--leave-out: all " + utterances.size()
                    + " utterances have one of these faults, and nothing is left; mend the recordings");
        }
        Exclusions more = excluded;
        for (Map.Entry<String, Set<String>> each : chosen.entrySet()) {
            List<Utterance> those = out.stream()
                    .filter(utterance -> each.getValue().contains(utterance.id()))
                    .toList();
            more = more.with("whose recordings " + each.getKey(), labelled(those));
        }
        return new Usable(left, more, copies.within(left), out);
    }

    /// The same, after it was said what is wrong with recordings, and what was left out.
    private Usable said(RecordingReview review, boolean heard, Arguments arguments, Console console) {
        if (!leftOut.isEmpty()) {
            console.log("left out on request (--leave-out " + String.join(",", arguments.list(Syntax.LEAVE_OUT)) + "): "
                    + leftOut.size() + " utterances, the first is "
                    + leftOut.getFirst().id());
        }
        if (heard) {
            review.lines(arguments.list(Syntax.LEAVE_OUT)).forEach(console::warn);
        }
        return this;
    }

    /// A split that records what was left out on request.
    public static Split recorded(Split split, List<Utterance> leftOut) {
        return leftOut.isEmpty()
                ? split
                : split.leavingOut(
                        leftOut.stream().map(Split.Member::of).toList(),
                        "; " + leftOut.size() + " left out on request, whose recordings have faults");
    }

    /// Those without a label are counted as such already.
    private static int labelled(List<Utterance> utterances) {
        return (int) utterances.stream()
                .filter(utterance -> utterance.emotion() != null)
                .count();
    }
}
