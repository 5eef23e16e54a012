package dev.parallax.report.page;

import dev.parallax.io.Csv;
import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One self-contained page, `report.html`: style, script and pictures are inside it, so it opens from the file
/// system and can be mailed. Its figures lie beside it in `figures/`, as PNG and with their numbers as CSV.
public final class Page {

    /// The folder of the figures' data, beside the page.
    static final String FIGURES = "figures";

    private final String title;
    private final List<Html> header = new ArrayList<>();
    private final List<Html> contents = new ArrayList<>();
    private final List<Html> sections = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, Data> data = new LinkedHashMap<>();
    private String style = resource(Page.class, "page.css");
    private String script = resource(Page.class, "page.js");

    /// @param lead the sentence under the title
    public Page(String title, String lead) {
        this.title = title;
        header.add(Html.of("h1", title));
        header.add(Html.paragraph(lead).with("class", "lead"));
    }

    /// A notice under the title.
    public Page notice(String text) {
        header.add(Html.paragraph(text).with("class", "notice"));
        return this;
    }

    /// Adds to the style of all pages.
    public Page style(String more) {
        style += more;
        return this;
    }

    /// Adds to the script of all pages.
    public Page script(String more) {
        script += more;
        return this;
    }

    /// Adds a section.
    public Page section(String heading, Html... inside) {
        return section(heading, List.of(inside));
    }

    /// Adds a section.
    public Page section(String heading, List<Html> inside) {
        String id = "s" + (sections.size() + 1);
        List<Html> all = new ArrayList<>();
        all.add(Html.of("h2", heading).with("id", id));
        all.addAll(inside);
        sections.add(Html.of("section", all));
        contents.add(Html.of("a", heading).with("href", "#" + id));
        return this;
    }

    /// The element that shows a figure on the page; its data is written with the page.
    public Html figure(Figure figure) {
        figures.add(figure);
        return figure.html();
    }

    /// Several figures, side by side where there is room.
    public Html figures(List<Figure> some) {
        return Html.of("div", some.stream().map(this::figure).toList()).with("class", "figures");
    }

    /// A link to data that is written beside the page.
    public Html data(String name, String text, List<String> columns, List<List<String>> rows) {
        data.put(name, new Data(columns, rows));
        Html link = Html.of("a", text).with("href", FIGURES + "/" + name + ".csv");
        return Html.of("p", link).with("class", "note");
    }

    private record Data(List<String> columns, List<List<String>> rows) {}

    /// The whole page as text.
    String html() {
        Html head = Html.of(
                "head",
                Html.of("meta").with("charset", "utf-8"),
                Html.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Html.of("title", title),
                Html.of("style", new Html.Verbatim(style)));
        List<Html> body = new ArrayList<>();
        body.add(Html.of("header", header));
        if (figures.stream().anyMatch(figure -> figure.picture().isEmpty())) {
            String why = Drawing.obstacle().orElse("no figure was drawn: tables stand in their place.");
            body.add(Html.paragraph(Character.toUpperCase(why.charAt(0)) + why.substring(1))
                    .with("class", "notice"));
        }
        body.add(Html.of("nav", contents));
        body.add(Html.of("main", sections));
        body.add(Html.of("script", new Html.Verbatim(script)));
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        Html.of("html", head, Html.of("body", body)).with("lang", "en").writeTo(out);
        return out.append('\n').toString();
    }

    /// Writes `report.html` and `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    public Path write(Path folder) {
        SafeFiles.createFolder(folder.resolve(FIGURES));
        for (Figure figure : figures) {
            Csv.write(folder.resolve(FIGURES).resolve(figure.name() + ".csv"), figure.header(), figure.rows());
            figure.picture()
                    .ifPresent(picture ->
                            SafeFiles.write(folder.resolve(FIGURES).resolve(figure.name() + ".png"), picture.png()));
        }
        data.forEach(
                (name, table) -> Csv.write(folder.resolve(FIGURES).resolve(name + ".csv"), table.columns, table.rows));
        Path file = folder.resolve("report.html");
        SafeFiles.write(file, html().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /// A file that lies beside a class in the jar, as text.
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "the jar lacks " + name + " beside " + beside.getName() + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
