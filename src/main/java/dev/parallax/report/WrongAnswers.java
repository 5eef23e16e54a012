package dev.parallax.report;

import dev.parallax.report.page.Html;
import dev.parallax.report.page.Table;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The utterances that a model got wrong, the most confident answers first, each with a link to its recording.
///
/// @param all at least one, in any order
public record WrongAnswers(List<Wrong> all) {

    private static final int SHOWN = 200; // the data has them all

    /// One of them.
    ///
    /// @param id          of the utterance
    /// @param truth       its true class
    /// @param answer      the class decided on
    /// @param probability of that class
    /// @param sure        whether the answer is called sure
    /// @param recording   its file, or null
    public record Wrong(
            String id,
            String truth,
            String answer,
            double probability,
            boolean sure,
            @Nullable Path recording) {}

    /// Sorts them.
    public WrongAnswers {
        all = all.stream()
                .sorted(Comparator.comparingDouble(Wrong::probability).reversed())
                .toList();
    }

    /// The table.
    ///
    /// @param folder of the page, from which links lead
    Html table(Path folder) {
        String which = all.size() <= SHOWN ? "" : ", the " + SHOWN + " most confident of " + all.size();
        Table table = new Table(
                "Wrong answers" + which, List.of("utterance", "true", "answered", "probability", "sure", "recording"));
        for (Wrong wrong : all.subList(0, Math.min(SHOWN, all.size()))) {
            table.row(List.of(
                    Table.name(wrong.id),
                    Table.cell(wrong.truth),
                    Table.cell(wrong.answer),
                    Table.number(wrong.probability),
                    Table.cell(wrong.sure ? "yes" : "no"),
                    wrong.recording == null ? Table.cell("–") : link(folder, wrong.recording)));
        }
        return table.html();
    }

    private static Html.Element link(Path folder, Path recording) {
        String name = Objects.requireNonNull(recording.getFileName()).toString();
        return Html.of("td", Html.of("a", name).with("href", href(folder, recording)));
    }

    /// Relative where both lie below a common folder other than the root, so that the page can be moved with the
    /// recordings; else absolute.
    static String href(Path folder, Path recording) {
        Path from = folder.toAbsolutePath().normalize();
        Path to = recording.toAbsolutePath().normalize();
        boolean near = Objects.equals(from.getRoot(), to.getRoot())
                && from.getNameCount() > 0
                && to.getNameCount() > 1
                && from.getName(0).equals(to.getName(0));
        return near ? escaped(from.relativize(to)) : to.toUri().toASCIIString();
    }

    /// A relative path as a link: its folders joined by `/`, and all that a link may not contain as `%XX`.
    private static String escaped(Path relative) {
        StringBuilder link = new StringBuilder();
        try {
            for (Path name : relative) {
                String part = new URI(null, null, "/" + name, null).toASCIIString();
                link.append(link.isEmpty() ? "" : "/").append(part.substring(1));
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(relative + " cannot be a link", e);
        }
        return link.toString();
    }

    /// A sentence on how many there are.
    String describe(int utterances) {
        return String.format(
                Locale.ROOT,
                "%d of %d labelled utterances were answered wrong. Listen to them: some may be labelled wrong.",
                all.size(),
                utterances);
    }
}
