package dev.parallax.data;

import dev.parallax.ShapeException;
import java.util.List;

/// A model's input for one dialogue, in the order of the turns: each utterance as vectors, who speaks it, and its
/// class where it is known.
public final class DialogueExample {

    private final List<Vectors> utterances;
    private final int[] speakers;
    private final int[] labels;

    /// @param utterances the vectors of each utterance; one that lacks a modality lacks its vector
    /// @param speakers   the speaker of each, numbered from 0 in the order in which they first speak; -1 where
    ///                   it is not known
    /// @param labels     the class of each utterance, from 0; -1 for one that is there for its neighbours only
    public DialogueExample(List<Vectors> utterances, int[] speakers, int[] labels) {
        if (utterances.isEmpty() || speakers.length != utterances.size() || labels.length != utterances.size()) {
            throw new ShapeException("dialogue: " + utterances.size() + " utterances, " + speakers.length
                    + " speakers, " + labels.length + " labels; expected as many of each, at least one");
        }
        this.utterances = List.copyOf(utterances);
        this.speakers = speakers.clone();
        this.labels = labels.clone();
    }

    /// The vectors of each utterance.
    public List<Vectors> utterances() {
        return utterances;
    }

    /// The speaker of each utterance, numbered in the order in which they first speak; -1 where it is not known.
    public int[] speakers() {
        return speakers.clone();
    }

    /// The class of each utterance, -1 where it is not known.
    public int[] labels() {
        return labels.clone();
    }

    /// The number of utterances.
    public int length() {
        return labels.length;
    }
}
