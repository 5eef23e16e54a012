package dev.parallax.cli;

import dev.parallax.corpus.FeatureCache;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.function.Predicate;

/// The utterances of a corpus that a model can use: those with a modality that it reads, their recordings readable.
///
/// @param utterances in their order
/// @param excluded   the others, with those that had no label
record Usable(List<Utterance> utterances, Exclusions excluded) {

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
        List<Utterance> readable =
                audio ? FeatureStore.usable(kept, cache, Computing.threads(arguments), console) : kept;
        return new Usable(
                readable,
                corpora.excluded()
                        .with(lacks, labelled(corpora.utterances()) - labelled(kept))
                        .with("with recordings that cannot be read", labelled(kept) - labelled(readable)));
    }

    /// Those without a label are counted as such already.
    private static int labelled(List<Utterance> utterances) {
        return (int) utterances.stream()
                .filter(utterance -> utterance.emotion() != null)
                .count();
    }
}
