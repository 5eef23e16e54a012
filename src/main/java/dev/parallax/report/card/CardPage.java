package dev.parallax.report.card;

import dev.parallax.report.page.Html;
import dev.parallax.report.page.Page;
import dev.parallax.report.page.Table;
import java.util.ArrayList;
import java.util.List;

/// A card as a page.
final class CardPage {

    private CardPage() {}

    static Page of(ModelCard card) {
        Page page = new Page(card.title(), card.lead());
        card.warnings().forEach(page::notice);
        for (Block.Section section : card.sections()) {
            page.section(
                    section.title(),
                    section.blocks().stream().map(CardPage::block).toList());
        }
        return page;
    }

    private static Html block(Block block) {
        return switch (block) {
            case Block.Paragraph paragraph -> Html.paragraph(paragraph.text());
            case Block.Points points ->
                Html.of(
                        "ul",
                        points.lines().stream().map(line -> Html.of("li", line)).toList());
            case Block.Grid grid -> grid(grid);
        };
    }

    private static Html grid(Block.Grid grid) {
        Table table = new Table(grid.caption(), grid.header());
        for (List<String> row : grid.rows()) {
            List<Html.Element> cells = new ArrayList<>();
            cells.add(Table.name(row.getFirst()));
            row.stream().skip(1).forEach(cell -> cells.add(cell(cell)));
            table.row(cells);
        }
        return table.html();
    }

    /// A number is sorted by its value.
    private static Html.Element cell(String text) {
        return text.matches("-?\\d+(\\.\\d+)?") ? Table.number(Double.parseDouble(text), text) : Table.cell(text);
    }
}
