package dev.parallax.cli.inspect;

import dev.parallax.corpus.split.Split;
import dev.parallax.corpus.split.SplitDifference;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonDifference;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.ModelDescription;
import dev.parallax.model.ModelFile;
import dev.parallax.model.ModelHashes;
import dev.parallax.model.WeightDifference;
import dev.parallax.setup.ModelPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the files of two models differ.
///
/// @param first    hashes of the first   @param second hashes of the second
/// @param document what differs in their documents, but for the parts of the split
/// @param split    of their records; null where one has none
/// @param weights  parameters that differ
/// @param same     parameters that are the same, bit for bit
record ModelDifference(
        ModelHashes first,
        ModelHashes second,
        List<JsonDifference> document,
        @Nullable SplitDifference split,
        List<WeightDifference> weights,
        int same) {

    private static final int SHOWN = 15;
    private static final String RUN = "run";
    private static final String SPLIT = "split";

    static ModelDifference between(ModelPath a, ModelPath b) {
        SafeTensors one = a.stored();
        SafeTensors other = b.stored();
        JsonObject document = ModelFile.document(one, a.name());
        JsonObject another = ModelFile.document(other, b.name());
        List<WeightDifference> weights = WeightDifference.between(one, other);
        int parameters = (int) one.names().stream().filter(ModelFile::isWeight).count();
        int missing = (int) weights.stream()
                .filter(weight -> weight.kind() != WeightDifference.Kind.ONLY_SECOND)
                .count();
        Split split = split(document);
        Split others = split(another);
        return new ModelDifference(
                ModelHashes.of(one),
                ModelHashes.of(other),
                JsonDifference.between(withoutMembers(document), withoutMembers(another)),
                split == null || others == null ? null : SplitDifference.between(split, others),
                weights,
                parameters - missing);
    }

    private static @Nullable Split split(JsonObject document) {
        return document.get(RUN) instanceof JsonObject run ? Split.fromJson(run.object(SPLIT)) : null;
    }

    private static JsonObject withoutMembers(JsonObject document) {
        if (!(document.get(RUN) instanceof JsonObject run)) {
            return document;
        }
        return document.with(RUN, run.with(SPLIT, ModelDescription.withoutMembers(run.object(SPLIT))));
    }

    boolean isSameFile() {
        return first.file().equals(second.file());
    }

    /// Whether both have the same classes in the same order, so that their decisions can be compared.
    boolean hasSameLabels() {
        return document.stream().noneMatch(each -> each.path().equals("config.labels"));
    }

    /// For a terminal.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (isSameFile()) {
            lines.add("the same file, bit for bit (SHA-256 " + first.file() + ")");
            return lines;
        }
        lines.add("weights");
        lines.add(
                weights.isEmpty()
                        ? "  the same, bit for bit (" + Count.of(same, "parameter") + ")"
                        : "  " + same + " parameters are the same, " + weights.size() + " differ");
        WeightDifference.largestFirst(weights).stream()
                .limit(SHOWN)
                .forEach(weight -> lines.add("    " + weight.line()));
        more(weights.size(), lines);
        lines.add("split");
        if (split == null) {
            lines.add("  not known of both");
        } else {
            lines.add(split.isNone() ? "  the same utterances in the same parts" : "  " + line(split));
        }
        lines.add("settings, answers, record");
        List<JsonDifference> settings = document.stream()
                .filter(each -> !each.path().startsWith("run.scores."))
                .toList();
        settings.stream().limit(SHOWN).forEach(each -> lines.add("  " + each.line()));
        more(settings.size(), lines);
        if (settings.isEmpty()) {
            lines.add("  the same");
        }
        int scores = document.size() - settings.size();
        if (scores > 0) {
            lines.add("  and " + Count.of(scores, "recorded score") + " (inspect shows them)");
        }
        return lines;
    }

    private static void more(int count, List<String> lines) {
        if (count > SHOWN) {
            lines.add("    and " + (count - SHOWN) + " more (--json has all)");
        }
    }

    private static String line(SplitDifference split) {
        return Count.of(split.changed().size(), "utterance") + " of other content, "
                + split.moved().size() + " in another part, " + split.gone().size() + " only in A, "
                + split.added().size() + " only in B";
    }

    JsonObject toJson() {
        return Json.object()
                .with("same", isSameFile())
                .with("sameWeights", weights.isEmpty())
                .with("first", Json.of(first))
                .with("second", Json.of(second))
                .with("document", Json.of(document))
                .with(SPLIT, Json.of(split))
                .with(
                        "weights",
                        Json.array(
                                weights.stream().map(WeightDifference::toJson).toList()));
    }
}
