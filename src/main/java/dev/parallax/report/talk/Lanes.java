package dev.parallax.report.talk;

import dev.parallax.model.turns.AnsweredTurn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A lane for each speaker, in the order in which they begin to speak. Of very many, those who begin last share one.
///
/// @param names of the lanes
/// @param of    the lane of each turn
record Lanes(List<String> names, List<Integer> of) {

    static final int MOST = 12;

    private static final String UNKNOWN = "unknown";
    private static final String OTHERS = "all others";

    static Lanes of(List<AnsweredTurn> turns) {
        Map<String, Integer> lanes = new LinkedHashMap<>();
        List<Integer> of = new ArrayList<>();
        for (AnsweredTurn turn : turns) {
            String name = name(turn.turn().speaker());
            lanes.putIfAbsent(name, Math.min(lanes.size(), MOST - 1));
            of.add(Objects.requireNonNull(lanes.get(name)));
        }
        List<String> names = new ArrayList<>(lanes.keySet());
        if (names.size() > MOST) {
            names = new ArrayList<>(names.subList(0, MOST - 1));
            names.add(OTHERS);
        }
        return new Lanes(List.copyOf(names), List.copyOf(of));
    }

    static String name(@Nullable String speaker) {
        return speaker == null ? UNKNOWN : speaker;
    }
}
