package dev.parallax.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Utterances that follow each other in one conversation.
///
/// @param id         its name
/// @param utterances at least one, in the order of the turns
public record Dialogue(String id, List<Utterance> utterances) {

    public Dialogue {
        utterances = List.copyOf(utterances);
    }

    /// The dialogues of a corpus, in the order in which they begin. Their utterances are in the order of the turns,
    /// or in that of the list where no turns are known. An utterance without a dialogue is a dialogue of its own.
    public static List<Dialogue> of(List<Utterance> utterances) {
        Map<String, List<Utterance>> byName = new LinkedHashMap<>();
        for (Utterance utterance : utterances) {
            String name = utterance.dialogue() == null ? "alone: " + utterance.id() : utterance.dialogue();
            byName.computeIfAbsent(name, _ -> new ArrayList<>()).add(utterance);
        }
        List<Dialogue> dialogues = new ArrayList<>();
        byName.forEach((name, members) -> {
            members.sort(Comparator.comparingInt(Utterance::turn)); // stable: equal turns keep their order
            dialogues.add(new Dialogue(name, members));
        });
        return dialogues;
    }

    /// The speaker of each utterance, numbered from 0 in the order in which they first speak here; -1 where it is
    /// not known. So who speaks can be an input of a model that does not depend on identities.
    public int[] speakers() {
        return numbered(utterances, Utterance::speaker);
    }

    /// Numbers for the names of things, from 0 in the order in which they first occur; -1 for none.
    public static <T> int[] numbered(List<T> things, Function<T, @Nullable String> name) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        return things.stream()
                .mapToInt(thing -> {
                    String its = name.apply(thing);
                    return its == null ? -1 : numbers.computeIfAbsent(its, _ -> numbers.size());
                })
                .toArray();
    }
}
