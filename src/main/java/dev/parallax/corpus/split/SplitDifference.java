package dev.parallax.corpus.split;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How two splits differ, by the ids of their members.
///
/// @param changed members of both whose content is another
/// @param moved   members of both with the same content, in another part
/// @param gone    that the second has not
/// @param added   that the first has not
public record SplitDifference(List<String> changed, List<String> moved, List<String> gone, List<String> added) {

    private record Place(Part part, String hash) {}

    public SplitDifference {
        changed = List.copyOf(changed);
        moved = List.copyOf(moved);
        gone = List.copyOf(gone);
        added = List.copyOf(added);
    }

    /// Of the training, validation and test parts, in the order of their members.
    public static SplitDifference between(Split first, Split second) {
        Map<String, Place> before = places(first);
        Map<String, Place> now = places(second);
        List<String> changed = new ArrayList<>();
        List<String> moved = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        before.forEach((id, place) -> {
            Place here = now.get(id);
            if (here == null) {
                gone.add(id);
            } else if (!here.hash.equals(place.hash)) {
                changed.add(id);
            } else if (here.part != place.part) {
                moved.add(id);
            }
        });
        List<String> added =
                now.keySet().stream().filter(id -> !before.containsKey(id)).toList();
        return new SplitDifference(changed, moved, gone, added);
    }

    private static Map<String, Place> places(Split split) {
        Map<String, Place> all = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            split.members(part).forEach(member -> all.put(member.id(), new Place(part, member.hash())));
        }
        return all;
    }

    /// Whether the splits have the same members in the same parts.
    public boolean isNone() {
        return changed.isEmpty() && moved.isEmpty() && gone.isEmpty() && added.isEmpty();
    }
}
