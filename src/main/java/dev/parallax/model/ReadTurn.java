package dev.parallax.model;

import dev.parallax.data.Dialogue;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Vectors;
import dev.parallax.model.domain.Doubts;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A turn of a dialogue as its network reads it: what [DialogueModel#read] made of its sound and its words.
///
/// @param vectors  scaled ([DialogueModel#scaling])
/// @param speaker  who speaks, or null where it is not known
/// @param warnings what should be known of the recording and the text, one line each
/// @param doubts   what makes an answer that rests on them unreliable
public record ReadTurn(Vectors vectors, @Nullable String speaker, List<String> warnings, Doubts doubts) {

    public ReadTurn {
        warnings = List.copyOf(warnings);
    }

    /// The turns of a dialogue as one example of unknown labels.
    ///
    /// @param turns in their order
    public static DialogueExample dialogue(List<ReadTurn> turns) {
        int[] unknown = new int[turns.size()];
        Arrays.fill(unknown, -1);
        List<Vectors> vectors = turns.stream().map(ReadTurn::vectors).toList();
        return new DialogueExample(vectors, Dialogue.numbered(turns, ReadTurn::speaker), unknown);
    }
}
