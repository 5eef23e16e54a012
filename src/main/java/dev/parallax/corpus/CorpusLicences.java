package dev.parallax.corpus;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The licences of the published corpora, as their publishers state them; `data/README.md` says where each is had.
public final class CorpusLicences {

    private static final Map<String, String> BY_KIND = byKind();

    private CorpusLicences() {}

    private static Map<String, String> byKind() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cremad", "Open Database Licence");
        all.put("emodb", "CC0");
        all.put("esd", "for research, by a form");
        all.put("goemotions", "Apache-2.0");
        all.put("iemocap", "for research, by a form");
        all.put("meld", "GPL-3.0 for its tables; the sound is that of a television series");
        all.put("ravdess", "CC BY-NC-SA 4.0");
        all.put("savee", "for research, by registration");
        all.put("synthetic", "none needed: made by rules");
        all.put("tess", "CC BY-NC-ND 4.0");
        return all;
    }

    /// The licence of a kind of corpus.
    ///
    /// @param kind as records name it, such as `emodb`
    /// @return null where the kind says nothing of it, as a manifest of one's own
    public static @Nullable String of(String kind) {
        return BY_KIND.get(kind);
    }
}
