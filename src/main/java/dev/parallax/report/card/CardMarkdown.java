package dev.parallax.report.card;

import java.util.List;
import java.util.stream.Collectors;

/// A card as Markdown, with the metadata that Hugging Face reads in front.
final class CardMarkdown {

    private CardMarkdown() {}

    static String of(ModelCard card) {
        StringBuilder out = new StringBuilder();
        out.append("---\n").append(card.metadata().yaml()).append("---\n\n");
        out.append("# ").append(escaped(card.title())).append("\n\n");
        out.append(escaped(card.lead())).append("\n\n");
        card.warnings()
                .forEach(
                        line -> out.append("> **Note:** ").append(escaped(line)).append("\n>\n"));
        if (!card.warnings().isEmpty()) {
            out.setLength(out.length() - 2); // the last ">"
            out.append('\n');
        }
        for (Block.Section section : card.sections()) {
            out.append("## ").append(escaped(section.title())).append("\n\n");
            section.blocks().forEach(block -> out.append(block(block)).append('\n'));
        }
        return out.toString().stripTrailing() + "\n";
    }

    private static String block(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> escaped(paragraph.text()) + "\n";
            case Block.Points points ->
                points.lines().stream().map(line -> "- " + escaped(line) + "\n").collect(Collectors.joining());
            case Block.Grid grid -> grid(grid);
        };
    }

    private static String grid(Block.Grid grid) {
        StringBuilder out = new StringBuilder(escaped(grid.caption())).append("\n\n");
        out.append(row(grid.header()));
        out.append("|---").append("|---".repeat(grid.header().size() - 1)).append("|\n");
        grid.rows().forEach(row -> out.append(row(row)));
        return out.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(CardMarkdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /// Text in which nothing is taken for markup.
    static String escaped(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>|#~])", "\\\\$1").replaceAll("\\R", " ");
    }
}
