package dev.parallax.report;

import java.util.List;

/// Which utterances were trained on, which chose the epoch, and which were scored.
///
/// @param how                how the split was made, one line
/// @param speakerIndependent whether no speaker is in two parts and every speaker is known; pages warn where it is
///                           false
/// @param parts              training, validation and test part
public record SplitFacts(String how, boolean speakerIndependent, List<PartFacts> parts) {

    /// One part.
    ///
    /// @param name       for instance `test`
    /// @param utterances how many
    /// @param speakers   names of its speakers, in order
    /// @param perClass   number of utterances of each class, in label order
    public record PartFacts(String name, int utterances, List<String> speakers, List<Integer> perClass) {

        /// Keeps its own copies of the lists.
        public PartFacts {
            speakers = List.copyOf(speakers);
            perClass = List.copyOf(perClass);
        }
    }

    /// Keeps its own copy of the list.
    public SplitFacts {
        parts = List.copyOf(parts);
    }

    /// Whether a speaker may be in several parts: those that have utterances are several, and not independent.
    boolean mayShareSpeakers() {
        return !speakerIndependent
                && parts.stream().filter(part -> part.utterances() > 0).count() > 1;
    }

    /// Whether a part has utterances.
    boolean has(String name) {
        return parts.stream().anyMatch(part -> part.name().equals(name) && part.utterances() > 0);
    }
}
