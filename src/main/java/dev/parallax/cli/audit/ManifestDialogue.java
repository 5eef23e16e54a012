package dev.parallax.cli.audit;

import dev.parallax.BadInputException;
import dev.parallax.cli.command.Console;
import dev.parallax.corpus.ManifestTable;
import dev.parallax.io.Count;
import dev.parallax.io.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The dialogue of a manifest that is audited.
///
/// @param id   its name
/// @param rows its turns in their order
record ManifestDialogue(String id, List<ManifestTable.Row> rows) {

    private static final int MOST_NAMED = 8; // dialogues in a message

    /// Reads a manifest, of which every row must be sound.
    ///
    /// @param root   where its recordings lie, null for beside it
    /// @param wanted the dialogue's name, null for the only one
    /// @throws BadInputException when there is no such dialogue, or more than one and none is named
    static ManifestDialogue of(Path manifest, @Nullable Path root, @Nullable String wanted, Console console) {
        ManifestTable table = root == null ? ManifestTable.read(manifest) : ManifestTable.read(manifest, root);
        table.requireAudioOrText();
        table.requireDialogue("a dialogue is audited, and there is ");
        table.notes().forEach(note -> console.log("manifest: " + note));
        table.warnings().forEach(warning -> console.warn("manifest: " + warning));
        Map<String, List<ManifestTable.Row>> all = new LinkedHashMap<>();
        for (ManifestTable.Row row : table.rows()) {
            String dialogue = row.dialogue();
            if (dialogue != null) {
                all.computeIfAbsent(dialogue, _ -> new ArrayList<>()).add(row);
            }
        }
        String id = chosen(manifest, List.copyOf(all.keySet()), wanted);
        List<ManifestTable.Row> rows = new ArrayList<>(all.getOrDefault(id, List.of()));
        rows.forEach(ManifestTable.Row::requireAudioOrText);
        rows.sort(Comparator.comparingInt(ManifestTable.Row::turn)); // stable: equal turns keep their order
        return new ManifestDialogue(id, rows);
    }

    private static String chosen(Path manifest, List<String> there, @Nullable String wanted) {
        if (there.isEmpty()) {
            throw new BadInputException(
                    manifest + ": no row says which dialogue it is from; fill in the column" + " \"dialogue\"");
        }
        if (wanted == null && there.size() > 1) {
            throw new BadInputException(manifest + ": has " + Count.of(there.size(), "dialogue") + " (" + named(there)
                    + "); choose one with --dialogue ID");
        }
        if (wanted != null && !there.contains(wanted)) {
            throw new BadInputException(manifest + ": has no dialogue \"" + wanted + "\", only " + named(there)
                    + Nearest.hint(wanted, there));
        }
        return wanted == null ? there.getFirst() : wanted;
    }

    private static String named(List<String> there) {
        List<String> some = there.subList(0, Math.min(MOST_NAMED, there.size()));
        int more = there.size() - some.size();
        return String.join(", ", some) + (more == 0 ? "" : " and " + more + " more");
    }
}
