package dev.parallax.setup;

import dev.parallax.data.Utterance;
import dev.parallax.fusion.Modality;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What an utterance must have for a model to use it.
///
/// @param modalities that the model reads, at least one
/// @param pairs      whether an utterance must have them all; else one of them is enough
/// @param compared   whether recordings tell what the model that training starts from has learned from
record InputRequirement(Set<Modality> modalities, boolean pairs, boolean compared) {

    InputRequirement {
        modalities = Set.copyOf(modalities);
    }

    /// Whether recordings are heard.
    boolean audio() {
        return modalities.contains(Modality.AUDIO);
    }

    /// Whether recordings are not needed for anything.
    boolean wordsAlone() {
        return !audio() && !compared;
    }

    /// Whether an utterance can be used.
    boolean fits(Utterance utterance) {
        return pairs
                ? modalities.stream().allMatch(modality -> has(utterance, modality))
                : modalities.stream().anyMatch(modality -> has(utterance, modality));
    }

    private static boolean has(Utterance utterance, Modality modality) {
        return (modality == Modality.AUDIO ? utterance.audio() : utterance.text()) != null;
    }

    /// What the others lack: `without audio and text`.
    String lack() {
        return "without "
                + EnumSet.copyOf(modalities).stream()
                        .map(Modality::word)
                        .collect(Collectors.joining(pairs ? " or " : " and "));
    }
}
