package dev.parallax.report.card;

import java.util.List;

/// A part of a section of a card.
sealed interface Block {

    /// A paragraph.
    record Paragraph(String text) implements Block {}

    /// A list of points.
    record Points(List<String> lines) implements Block {
        public Points {
            lines = List.copyOf(lines);
        }
    }

    /// A table, its first column names.
    ///
    /// @param caption what it shows
    /// @param header  as many as each row has cells
    record Grid(String caption, List<String> header, List<List<String>> rows) implements Block {
        public Grid {
            header = List.copyOf(header);
            rows = List.copyOf(rows);
        }
    }

    /// A section.
    record Section(String title, List<Block> blocks) {
        public Section {
            blocks = List.copyOf(blocks);
        }
    }
}
