package dev.parallax.data;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A choice of classes under a name, so that `--labels 4` means the four classes usual in the field.
///
/// | name | classes | of corpora that have |
/// |---|---|---|
/// | `all` | every emotion as it is labelled | any |
/// | `4` | anger, happiness (with joy and excitement), neutral, sadness | these, under these names |
/// | `4-dropped` | the same, and excitement drops out | excitement |
/// | `6` | anger, excitement, frustration, happiness, neutral, sadness | excitement and frustration |
///
/// @param name   what `--labels` calls it
/// @param labels the emotions that stay, and what they become
public record ClassSet(String name, LabelMap labels) {

    /// The one that leaves everything as it is.
    public static final String ALL = "all";

    /// What there is, one line each, for help texts.
    public static final List<String> DESCRIPTIONS = List.of(
            "all        every emotion as it is labelled",
            "4          anger, happiness (with joy and excitement), neutral, sadness",
            "4-dropped  the same, and excitement drops out",
            "6          anger, excitement, frustration, happiness, neutral, sadness");

    private static final String EXCITEMENT = "excitement";
    private static final String FRUSTRATION = "frustration";

    /// Those that a corpus with these emotions can offer, `all` first; none where it has no emotions.
    public static List<ClassSet> of(Labels emotions) {
        List<ClassSet> sets = new ArrayList<>();
        if (emotions.size() > 0) {
            sets.add(new ClassSet(ALL, LabelMap.identity(emotions)));
        }
        List<String> happy =
                Stream.of("happiness", "joy").filter(emotions::contains).toList();
        boolean four = Stream.of("anger", "neutral", "sadness").allMatch(emotions::contains);
        if (!four || happy.isEmpty()) {
            return sets;
        }
        String happiness = "happiness=" + String.join("|", happy);
        boolean excitement = emotions.contains(EXCITEMENT);
        sets.add(four("4", excitement ? happiness + "|" + EXCITEMENT : happiness));
        if (excitement) {
            sets.add(four("4-dropped", happiness));
        }
        if (excitement && emotions.contains(FRUSTRATION)) {
            String map = "anger,excitement,frustration," + happiness + ",neutral,sadness";
            sets.add(new ClassSet("6", LabelMap.parse(map)));
        }
        return sets;
    }

    private static ClassSet four(String name, String happiness) {
        return new ClassSet(name, LabelMap.parse("anger," + happiness + ",neutral,sadness"));
    }
}
