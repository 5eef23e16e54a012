package dev.parallax.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Turns from single words, of formats that have nothing else: the words of a speaker up to a pause of more than
/// half a second. A turn begins with its first word and ends with its last.
final class WordGroups {

    /// The longest pause within a turn [s].
    static final double PAUSE = 0.5;

    /// What is said of it once.
    static final String NOTE = "its words are joined to turns, up to a pause of more than " + PAUSE + " s";

    /// The turns of a speaker that have been begun.
    private record Group(@Nullable String speaker, List<SpokenWord> words) {

        SpokenTurn turn() {
            Span span = new Span(
                    words.getFirst().span().start(), words.getLast().span().end());
            String text = Lines.joined(words.stream().map(SpokenWord::text).toList());
            return new SpokenTurn(span, speaker, words, text);
        }
    }

    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Group> open = new LinkedHashMap<>();

    /// Adds the next word of a speaker.
    void add(@Nullable String speaker, SpokenWord word) {
        String key = Objects.requireNonNullElse(speaker, "");
        Group last = open.get(key);
        if (last == null || word.span().start() - last.words.getLast().span().end() > PAUSE) {
            last = new Group(speaker, new ArrayList<>());
            open.put(key, last);
            groups.add(last);
        }
        last.words.add(word);
    }

    /// All turns.
    List<SpokenTurn> turns() {
        return groups.stream().map(Group::turn).toList();
    }
}
