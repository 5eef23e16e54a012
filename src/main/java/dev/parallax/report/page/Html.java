package dev.parallax.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// A piece of a page: an element, or text. Text and attributes are escaped when they are written, so input from
/// outside stays text. The markup is well-formed XML as well as HTML.
public sealed interface Html {

    /// Appends the piece as markup.
    void writeTo(StringBuilder out);

    /// Text, escaped; characters that a page may not contain become U+FFFD.
    record Text(String text) implements Html {
        @Override
        public void writeTo(StringBuilder out) {
            escape(text, out);
        }
    }

    /// The content of a `style` or `script` of ours, written unescaped. It must not contain `<` and `&`, which
    /// HTML and XML read differently there.
    record Verbatim(String text) implements Html {
        public Verbatim {
            if (text.contains("<") || text.contains("&")) {
                throw new IllegalArgumentException("a style or script must do without < and &: " + text);
            }
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append(text);
        }
    }

    /// One attribute.
    record Attribute(String name, String value) {}

    /// An element with its content.
    record Element(String tag, List<Attribute> attributes, List<Html> inside) implements Html {

        private static final Set<String> VOID = Set.of("img", "meta", "br", "hr");

        /// This element with one attribute more.
        public Element with(String name, String value) {
            List<Attribute> more = new ArrayList<>(attributes);
            more.add(new Attribute(name, value));
            return new Element(tag, List.copyOf(more), inside);
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('<').append(tag);
            for (Attribute attribute : attributes) {
                out.append(' ').append(attribute.name).append("=\"");
                escape(attribute.value, out);
                out.append('"');
            }
            if (VOID.contains(tag)) {
                out.append("/>");
                return;
            }
            out.append('>');
            inside.forEach(piece -> piece.writeTo(out));
            out.append("</").append(tag).append('>');
        }
    }

    /// Text.
    static Html text(String text) {
        return new Text(text);
    }

    /// An element.
    static Element of(String tag, Html... inside) {
        return of(tag, Arrays.asList(inside));
    }

    /// An element.
    static Element of(String tag, List<? extends Html> inside) {
        return new Element(tag, List.of(), List.copyOf(inside));
    }

    /// An element with text inside.
    static Element of(String tag, String text) {
        return of(tag, text(text));
    }

    /// A paragraph.
    static Element paragraph(String text) {
        return of("p", text);
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(allowed(c) ? c : 0xFFFD);
            }
        });
    }

    private static boolean allowed(int c) {
        boolean control = c < ' ' && c != '\n' && c != '\t';
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}
