package dev.parallax.corpus.split;

import dev.parallax.data.Spelling;
import dev.parallax.data.Utterance;
import dev.parallax.io.InvisibleCharacters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The speakers of a corpus, each under one name however a table spells it (see [Spelling#foldedSpeaker]): the
/// spelling that occurs most often, of equally frequent ones the first in the alphabet.
public final class SpeakerNames {

    private final Map<String, String> chosen = new TreeMap<>(); // by the folded name
    private final List<List<String>> aliases = new ArrayList<>();

    /// The names that these utterances use.
    public SpeakerNames(List<Utterance> utterances) {
        Map<String, Integer> counts = new TreeMap<>();
        for (Utterance utterance : utterances) {
            if (utterance.speaker() != null) {
                counts.merge(utterance.speaker(), 1, Integer::sum);
            }
        }
        Map<String, List<String>> spellings = new TreeMap<>();
        counts.keySet()
                .forEach(name -> spellings
                        .computeIfAbsent(Spelling.foldedSpeaker(name), _ -> new ArrayList<>())
                        .add(name));
        spellings.forEach((folded, names) -> {
            String best = names.getFirst();
            for (String name : names) {
                best = counts.getOrDefault(name, 0) > counts.getOrDefault(best, 0) ? name : best;
            }
            chosen.put(folded, best);
            if (names.size() > 1) {
                aliases.add(List.copyOf(names));
            }
        });
    }

    /// The spellings of each speaker who is spelled in several ways.
    public List<List<String>> aliases() {
        return List.copyOf(aliases);
    }

    /// The name that is used for a spelling; the spelling itself where nobody has it.
    public String of(String spelling) {
        return Objects.requireNonNullElse(chosen.get(Spelling.foldedSpeaker(spelling)), spelling);
    }

    /// The same of several, each once.
    public List<String> of(List<String> spellings) {
        return spellings.stream().map(this::of).distinct().toList();
    }

    /// The utterances with one name for each speaker.
    public List<Utterance> unified(List<Utterance> utterances) {
        if (aliases.isEmpty()) {
            return utterances;
        }
        return utterances.stream()
                .map(utterance -> utterance.speaker() == null
                        ? utterance
                        : utterance.withOrigin(utterance.origin().withSpeaker(of(utterance.speaker()))))
                .toList();
    }

    /// The same of what is known of speakers.
    <T> Map<String, T> unified(Map<String, T> known) {
        Map<String, T> all = new HashMap<>();
        known.forEach((speaker, fact) -> all.putIfAbsent(of(speaker), fact));
        return all;
    }

    /// A line for each speaker who is spelled in several ways.
    public List<String> lines() {
        return aliases.stream()
                .map(names -> "speakers \""
                        + String.join(
                                "\" and \"",
                                names.stream().map(InvisibleCharacters::shown).toList())
                        + "\" are taken for one, \"" + InvisibleCharacters.shown(of(names.getFirst()))
                        + "\"; write each name in one way, or give two speakers two names")
                .toList();
    }
}
