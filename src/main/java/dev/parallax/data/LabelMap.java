package dev.parallax.data;

import dev.parallax.BadInputException;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Renames, merges and drops emotions: `anger=angry,happiness=happy|excited,neutral` makes two labels of three,
/// keeps `neutral` as it is, and drops every other. The order of the map is the order of the labels.
public final class LabelMap {

    private final Map<String, String> targets;
    private final Labels labels;

    private LabelMap(Map<String, String> targets, Labels labels) {
        this.targets = Collections.unmodifiableMap(targets);
        this.labels = labels;
    }

    /// Reads `target=source|source,target`; a target without sources is its own source.
    ///
    /// @throws BadInputException when a part is empty, or a source or a target occurs twice
    public static LabelMap parse(String map) {
        Map<String, String> targets = new LinkedHashMap<>();
        List<String> order = new ArrayList<>();
        for (String entry : map.split(",", -1)) {
            int equals = entry.indexOf('=');
            String target = (equals < 0 ? entry : entry.substring(0, equals)).strip();
            String sources = equals < 0 ? target : entry.substring(equals + 1);
            order.add(named(target, map));
            for (String source : sources.split("\\|", -1)) {
                String former = targets.putIfAbsent(named(source.strip(), map), target);
                if (former != null) {
                    throw new BadInputException("‹labels›: \"" + source.strip() + "\" is mapped twice, to \"" + former
                            + "\" and to \"" + target + "\"; map it once");
                }
            }
        }
        return new LabelMap(targets, Labels.of(order));
    }

    /// Keeps every emotion as it is.
    public static LabelMap identity(Labels emotions) {
        Map<String, String> targets = new LinkedHashMap<>();
        emotions.names().forEach(emotion -> targets.put(emotion, emotion));
        return new LabelMap(targets, emotions);
    }

    private static String named(String name, String map) {
        if (name.isEmpty()) {
            throw new BadInputException(
                    "‹labels›: a name is missing in \"" + map + "\"; write target=source|source,target=source");
        }
        return name;
    }

    /// The labels that remain, in the order of the map.
    public Labels labels() {
        return labels;
    }

    /// What an emotion becomes, or null where it drops out.
    public @Nullable String map(String emotion) {
        return targets.get(emotion);
    }

    /// Checks that every source is an emotion that occurs: otherwise a typing error would silently drop a class.
    ///
    /// @param known the emotions of all corpora that the map is for
    /// @throws BadInputException when a source is not known, with the nearest that is
    public void check(Labels known) {
        for (String source : targets.keySet()) {
            if (!known.contains(source)) {
                throw new BadInputException("‹labels›: \"" + source + "\" is not an emotion of the corpus " + known
                        + Nearest.hint(source, known.names()));
            }
        }
    }

    /// Utterances after mapping, and how many dropped out of each emotion.
    ///
    /// @param utterances those that remain, in their order, with their new emotion
    /// @param dropped    emotion to count, in alphabetical order
    /// @param unlabelled how many dropped out because they have no emotion
    public record Mapped(List<Utterance> utterances, Map<String, Integer> dropped, int unlabelled) {

        /// No utterances yet.
        public static final Mapped NOTHING = new Mapped(List.of(), Map.of(), 0);

        /// These, then those of another corpus.
        public Mapped and(Mapped others) {
            List<Utterance> all = new ArrayList<>(utterances);
            all.addAll(others.utterances);
            Map<String, Integer> more = new TreeMap<>(dropped);
            others.dropped.forEach((emotion, count) -> more.merge(emotion, count, Integer::sum));
            return new Mapped(all, more, unlabelled + others.unlabelled);
        }
    }

    /// Maps every utterance; those without an emotion drop out too.
    public Mapped apply(List<Utterance> utterances) {
        return apply(utterances, false);
    }

    /// Maps every utterance; those that would drop out stay without an emotion, for the sake of their neighbours.
    public Mapped applyKeepingAll(List<Utterance> utterances) {
        return apply(utterances, true);
    }

    private Mapped apply(List<Utterance> utterances, boolean keepAll) {
        List<Utterance> kept = new ArrayList<>();
        Map<String, Integer> dropped = new TreeMap<>();
        int unlabelled = 0;
        for (Utterance utterance : utterances) {
            String emotion = utterance.emotion();
            String target = emotion == null ? null : targets.get(emotion);
            if (target != null) {
                kept.add(utterance.withEmotion(target));
                continue;
            }
            if (keepAll) {
                kept.add(utterance.withEmotion(null));
            }
            if (emotion != null) {
                dropped.merge(emotion, 1, Integer::sum);
            } else {
                unlabelled++;
            }
        }
        return new Mapped(List.copyOf(kept), Collections.unmodifiableMap(dropped), unlabelled);
    }
}
