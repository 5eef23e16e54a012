package dev.parallax.corpus;

import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.SoundCache;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.ClassSet;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Recorded (or synthesised) utterances with their labels, and what is known about them. Opening one reads names
/// and tables, not sound.
public sealed interface Corpus permits EmbeddedCorpus, PublishedCorpus, TableCorpus {

    /// Its kind, as in `--corpus KIND:PATH`.
    String name();

    /// All utterances, in an order that depends on nothing but the corpus.
    List<Utterance> utterances();

    /// The emotions, in the order of the classes.
    Labels labels();

    /// What everyone who uses it must know, one line each.
    List<String> notes();

    /// The same where some of its [#columns] are asked for, so that they are read.
    ///
    /// @param asked their names in lower case
    default List<String> notes(List<String> asked) {
        return notes();
    }

    /// How its speech was made where no person spoke it, one line; null where people speak.
    default @Nullable String syntheticSpeech() {
        return null;
    }

    /// Whether the same sentences are spoken in every emotion, so that the text says nothing about it and a model
    /// is trained on the audio alone.
    boolean textIsFixed();

    /// The sex of each speaker where it is known, else empty; in the order of the speakers.
    default Map<String, Sex> sexes() {
        return Map.of();
    }

    /// What it says of its utterances beyond [dev.parallax.data.Origin]: of each further column, its name in lower
    /// case, the values by the ids of the utterances. An utterance without a value has no entry.
    default Map<String, Map<String, String>> columns() {
        return Map.of();
    }

    /// The protocols of its literature, beside those that every corpus has (see
    /// [dev.parallax.corpus.split.Splitter]).
    default List<Protocol> protocols() {
        return List.of();
    }

    /// The choices of classes that have a name, the one for who asks for nothing first.
    default List<ClassSet> classSets() {
        return ClassSet.of(labels());
    }

    /// Recordings that were published more than once, under different names.
    default PublishedCopies publishedCopies() {
        return PublishedCopies.NONE;
    }

    /// Compares it with what was published about it and listens to every recording.
    Verification verify(VerificationOptions listening);

    /// The same on one thread, with nothing kept.
    ///
    /// @param done called after each utterance with the number done
    default Verification verify(IntConsumer done) {
        return verify(new VerificationOptions(SoundCache.none(), 1, (heard, _) -> done.accept(heard)));
    }

    /// The same, told to nobody.
    default Verification verify() {
        return verify(VerificationOptions.ALONE);
    }
}
