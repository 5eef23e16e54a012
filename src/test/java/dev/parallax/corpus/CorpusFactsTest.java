package dev.parallax.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CorpusFactsTest {

    private static final Map<String, String> LANGUAGES = Map.of("English", "en", "German", "de", "Mandarin", "zh");

    @Test
    void of_everyPublishedKind_hasThem() {
        for (String kind : Corpora.KINDS) {
            String name = kind.substring(0, kind.indexOf(':'));
            if (List.of("manifest", "features").contains(name)) {
                assertNull(CorpusFacts.of(name), "one's own data");
                assertEquals("not known to Parallax", CorpusFacts.licenceOf(name));
            } else {
                assertNotNull(CorpusFacts.of(name), name);
            }
        }
    }

    /// The list of `data/README.md` names the languages of each kind.
    @Test
    void languages_areThoseOfTheListOfCorpora() throws IOException {
        Matcher row = Pattern.compile("\\| `([a-z]+)` \\| [^|]*\\| ([^|]*) \\|")
                .matcher(Files.readString(Path.of("data/README.md")));
        int found = 0;
        while (row.find()) {
            CorpusFacts facts = CorpusFacts.of(row.group(1));
            if (facts != null && !row.group(1).equals("synthetic")) {
                found++;
                String about = row.group(2);
                List<String> named = LANGUAGES.entrySet().stream()
                        .filter(language -> about.contains(language.getKey()))
                        .map(Map.Entry::getValue)
                        .sorted()
                        .toList();
                assertEquals(named, facts.languages(), row.group(1));
            }
        }
        assertEquals(9, found);
    }

    /// Each licence stands in `data/README.md` in the same words.
    @Test
    void licences_areThoseOfTheChapter() throws IOException {
        String chapter = Files.readString(Path.of("data/README.md")).replaceAll("\\s+", " ");
        for (String kind : List.of("cremad", "emodb", "esd", "goemotions", "iemocap", "ravdess", "savee", "tess")) {
            String licence = Objects.requireNonNull(CorpusFacts.of(kind)).licence();
            assertTrue(chapter.contains("Licence: " + licence), kind + ": " + licence);
        }
    }
}
