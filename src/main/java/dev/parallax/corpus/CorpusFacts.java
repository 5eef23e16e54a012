package dev.parallax.corpus;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a published corpus: its licence, as its publishers state it, and its languages. `data/README.md`
/// says where each is had.
///
/// @param licence   in few words
/// @param languages ISO 639-1; none where nobody speaks
public record CorpusFacts(String licence, List<String> languages) {

    private static final String FORM = "for research, by a form";

    private static final Map<String, CorpusFacts> BY_KIND = Map.of(
            "cremad", facts("Open Database Licence", "en"),
            "emodb", facts("CC0", "de"),
            "esd", facts(FORM, "en", "zh"),
            "goemotions", facts("Apache-2.0", "en"),
            "iemocap", facts(FORM, "en"),
            "meld", facts("GPL-3.0 for its tables; the sound is that of a television series", "en"),
            "ravdess", facts("CC BY-NC-SA 4.0", "en"),
            "savee", facts("for research, by registration", "en"),
            "synthetic", facts("none needed: made by rules"),
            "tess", facts("CC BY-NC-ND 4.0", "en"));

    public CorpusFacts {
        languages = List.copyOf(languages);
    }

    private static CorpusFacts facts(String licence, String... languages) {
        return new CorpusFacts(licence, List.of(languages));
    }

    /// The facts of a kind of corpus.
    ///
    /// @param kind as records name it, such as `emodb`
    /// @return null where the kind says nothing of it, as a manifest of one's own
    public static @Nullable CorpusFacts of(String kind) {
        return BY_KIND.get(kind);
    }

    /// The licence of a kind, or that it is not known.
    public static String licenceOf(String kind) {
        CorpusFacts facts = of(kind);
        return facts == null ? "not known to Parallax" : facts.licence;
    }
}
