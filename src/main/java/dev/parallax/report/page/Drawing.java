package dev.parallax.report.page;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Optional;

/// Whether this machine can draw figures.
public final class Drawing {

    private static final String DESKTOP = "java.desktop";

    private static final String NO_FONTS = "this machine has no fonts, so tables stand in place of the figures. Install"
            + " fontconfig and a font (such as DejaVu) and run the command again to see them drawn.";

    private static final String NO_DESKTOP = "this Java runtime lacks the module " + DESKTOP + ", so tables stand in"
            + " place of the figures. Use a whole JDK, or build the runtime with jlink --add-modules " + DESKTOP + ".";

    private static final String XCHART = "org.knowm.xchart.XYChart";

    private static final String NO_XCHART =
            "XChart is not on the class path, so tables stand in place of the figures. Add"
                    + " the library org.knowm.xchart:xchart to see them drawn.";

    private Drawing() {}

    /// Why no figure can be drawn, and how to mend it; nothing where they can.
    public static Optional<String> obstacle() {
        if (ModuleLayer.boot().findModule(DESKTOP).isEmpty()) {
            return Optional.of(NO_DESKTOP);
        }
        if (!hasXChart()) {
            return Optional.of(NO_XCHART);
        }
        return hasFonts() ? Optional.empty() : Optional.of(NO_FONTS);
    }

    /// It is in `parallax.jar`; a program that has Parallax as a library may leave it out.
    private static boolean hasXChart() {
        try {
            Class.forName(XCHART, false, Drawing.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false; // the page says so, see Page.html
        }
    }

    /// Small servers have no font, and then Java2D throws one of several errors (`Error`, `InternalError`,
    /// `UnsatisfiedLinkError`, a null pointer): no reason to lose a run.
    private static boolean hasFonts() {
        try {
            PlotStyle.font(Font.PLAIN, 13).getLineMetrics("x", new FontRenderContext(null, true, true));
            return true;
        } catch (RuntimeException | Error e) {
            return false; // the page says so, see Page.html
        }
    }
}
