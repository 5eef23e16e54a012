package dev.parallax.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A picture with the numbers that it shows.
///
/// @param name    of the data's file, without its ending
/// @param caption what it shows and what to look for
/// @param picture the plot; none on a machine that cannot draw ([Drawing]), where the page shows the numbers
///                instead
/// @param header  columns of the data
/// @param rows    the data, each row as long as the header
public record Figure(
        String name, String caption, Optional<Picture> picture, List<String> header, List<List<String>> rows) {

    /// Draws the picture if this machine can.
    public static Figure of(
            String name, String caption, List<String> header, List<List<String>> rows, Supplier<Picture> plot) {
        Optional<Picture> picture = Drawing.obstacle().isEmpty() ? Optional.of(plot.get()) : Optional.empty();
        return new Figure(name, caption, picture, header, rows);
    }

    /// The picture, embedded in the page, with a link to its data.
    Html html() {
        List<Html> below = new ArrayList<>();
        below.add(Html.text(caption + " "));
        below.add(Html.of("a", "Data").with("href", Page.FIGURES + "/" + name + ".csv"));
        if (picture.isPresent()) {
            below.add(Html.text(" "));
            below.add(Html.of("a", "Picture").with("href", Page.FIGURES + "/" + name + ".png"));
        }
        return Html.of("figure", picture.map(this::image).orElseGet(this::table), Html.of("figcaption", below));
    }

    private Html image(Picture drawn) {
        return Html.of("img")
                .with("src", "data:image/png;base64," + drawn.base64())
                .with("alt", caption)
                .with("width", Integer.toString(drawn.width()))
                .with("height", Integer.toString(drawn.height()));
    }

    private Html table() {
        Table table = new Table(name, header);
        rows.forEach(row -> table.row(row.stream().map(Table::cell).toList()));
        return table.html();
    }
}
