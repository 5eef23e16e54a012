package dev.parallax.corpus;

import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import java.util.List;
import java.util.Map;

/// Recorded (or synthesised) utterances with their labels, and what is known about them. Opening one reads names
/// and tables, not sound.
public sealed interface Corpus permits EmbeddedCorpus, EmoDbCorpus, FeaturesCorpus, ManifestCorpus {

    /// Its kind, as in `--corpus KIND:PATH`.
    String name();

    /// All utterances, in an order that depends on nothing but the corpus.
    List<Utterance> utterances();

    /// The emotions, in the order of the classes.
    Labels labels();

    /// What everyone who uses it must know, a line each.
    List<String> notes();

    /// Whether the same sentences are spoken in every emotion, so that the text says nothing about it and a model
    /// is trained on the audio alone.
    boolean textIsFixed();

    /// The sex of each speaker where it is known, else empty; in the order of the speakers.
    Map<String, Sex> sexes();

    /// The protocols of its literature, beside those that every corpus has (see [Splitter]).
    List<Protocol> protocols();

    /// Compares it with what was published about it and listens to every recording.
    Verification verify();
}
