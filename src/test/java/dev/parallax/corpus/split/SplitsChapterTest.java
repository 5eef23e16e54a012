package dev.parallax.corpus.split;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The numbers of `docs/splits.md`, drawn again.
class SplitsChapterTest {

    private final List<String> lines = Files.readAllLines(Path.of("docs", "splits.md"));

    SplitsChapterTest() throws IOException {}

    private void says(String line) {
        assertTrue(lines.contains(line), "docs/splits.md lacks the line: " + line);
    }

    private static Utterance utterance(String speaker, String emotion) {
        return new Utterance(speaker + "-" + emotion, null, "words", emotion, Origin.ofSpeaker(speaker));
    }

    @Test
    void numberOfGroups_isThatOfTheChapter() {
        for (int groups : new int[] {4, 10, 24, 91}) {
            List<Utterance> utterances = new ArrayList<>();
            Map<String, Sex> sexes = new HashMap<>();
            for (int i = 0; i < groups; i++) {
                String speaker = String.format(Locale.ROOT, "s%02d", i);
                utterances.add(utterance(speaker, "joy"));
                sexes.put(speaker, i % 2 == 0 ? Sex.FEMALE : Sex.MALE);
            }
            int test = drawn(utterances, sexes, UtteranceSplitter.TEST_SHARE, 1).size();
            int left = groups - test;
            int val = drawn(utterances.subList(test, groups), sexes, UtteranceSplitter.VAL_SHARE, 1)
                    .size();
            says(String.format(Locale.ROOT, "%5d %16d %7d %20d %20d", groups, test, left, val, left - val));
        }
    }

    @Test
    void draw_example_givesThePairsOfTheChapter() {
        List<Utterance> utterances = new ArrayList<>();
        Map<String, Sex> sexes = new HashMap<>();
        for (String speaker : List.of("anna", "bea", "cara", "dora", "emil", "fred")) {
            utterances.add(utterance(speaker, "joy"));
            boolean sad = speaker.equals("cara") || speaker.equals("dora");
            utterances.add(utterance(speaker, sad ? "sadness" : "fear"));
            sexes.put(speaker, lines.contains("| " + speaker + " | male | joy, fear |") ? Sex.MALE : Sex.FEMALE);
        }
        for (int seed = 1; seed <= 5; seed++) {
            says("seed " + seed + ": " + String.join(", ", drawn(utterances, sexes, 2.0 / 6, seed)));
        }
    }

    @Test
    void unevenGroups_validationParts_areThoseOfTheChapter() {
        List<Integer> small = Collections.nCopies(10, 15);
        validation("anna 855, zoe 1", List.of(855, 1));
        validation(
                "anna 300, bert 300, ten of 15 each",
                Stream.concat(Stream.of(300, 300), small.stream()).toList());
        validation("ten of 60 each", Collections.nCopies(10, 60));
    }

    private void validation(String speakers, List<Integer> sizes) {
        List<Utterance> utterances = new ArrayList<>();
        for (int speaker = 0; speaker < sizes.size(); speaker++) {
            Origin origin = Origin.ofSpeaker(String.format(Locale.ROOT, "s%02d", speaker))
                    .withSplit("train");
            for (int i = 0; i < sizes.get(speaker); i++) {
                String emotion = List.of("anger", "joy", "sadness").get(i % 3);
                utterances.add(new Utterance(speaker + "/" + i, null, "words", emotion, origin));
            }
        }
        Split split = new UtteranceSplitter(utterances, Map.of(), 1).given();
        Set<String> drawn = split.select(Part.VAL, utterances).stream()
                .map(each -> String.valueOf(each.speaker()))
                .collect(Collectors.toSet());
        String of =
                split.speakerIndependent() ? " of " + drawn.size() + " speakers" : ", " + Split.VALIDATED_ON_TRAINED;
        says(String.format(
                Locale.ROOT, "%-38s %d utterances%s", speakers, split.val().size(), of));
    }

    private static List<String> drawn(List<Utterance> utterances, Map<String, Sex> sexes, double share, long seed) {
        return new GroupDraw(SplitGroups.bySpeaker(utterances), sexes).draw(share, new RandomStream(seed, 0, 0, 0));
    }
}
