package dev.parallax.report.talk;

import java.util.List;

/// The colours of emotions: eight that people with any colour vision can distinguish. Of more classes some share one;
/// the name always stands beside.
///
/// Source: Okabe and Ito, "Color Universal Design" (2008).
///
/// @param labels the classes
record Tints(List<String> labels) {

    private static final List<String> COLORS =
            List.of("#d55e00", "#009e73", "#0072b2", "#e69f00", "#56b4e9", "#cc79a7", "#8c8c8c", "#b5a800");
    private static final String NO_ANSWER = "#8c8c8c";

    /// The style that gives an element the colour of a class.
    String style(String label) {
        int index = labels.indexOf(label);
        return "--tint: " + (index < 0 ? NO_ANSWER : COLORS.get(index % COLORS.size()));
    }
}
