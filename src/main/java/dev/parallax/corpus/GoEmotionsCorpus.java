package dev.parallax.corpus;

import dev.parallax.BadInputException;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Part;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.TextLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// GoEmotions in the grouping of Ekman: English comments from Reddit with seven emotions, no sound. Licence:
/// Apache-2.0.
///
/// Layout: `train.tsv`, `dev.tsv` and `test.tsv`, lines of text, label numbers with commas between them, and id,
/// with tabs between; `labels.txt` names the labels. Of the 54263 comments 4794 have several labels; since an
/// utterance has one emotion here, they are left out and counted.
///
/// Source: Demszky, Movshovitz-Attias, Ko, Cowen, Nemade, Ravi, "GoEmotions: A Dataset of Fine-Grained Emotions",
/// ACL 2020.
public final class GoEmotionsCorpus extends PublishedCorpus {

    /// The comments of each file.
    private static final Map<String, Integer> ROWS = Map.of("train", 43410, "dev", 5426, "test", 5427);

    /// The comments with one label, counted in a copy that has as many comments as were published.
    private static final Map<String, Integer> PER_CLASS = perClass();

    private final Labels labels;
    private final Map<String, Integer> rows = new TreeMap<>();
    private final Map<String, Integer> several = new LinkedHashMap<>();

    private GoEmotionsCorpus(Path folder) {
        super("goemotions", folder);
        this.labels = Labels.of(TextLines.of(folder.resolve("labels.txt"), StandardCharsets.ISO_8859_1).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList());
        for (String part : List.of("train", "dev", "test")) {
            read(part, folder);
        }
    }

    /// Opens the folder with the four files.
    ///
    /// @throws BadInputException when it is another folder, with the one to give where it is near
    public static GoEmotionsCorpus open(Path path) {
        CorpusFolder folder =
                new CorpusFolder("goemotions", "train.tsv, dev.tsv, test.tsv and labels.txt", GoEmotionsCorpus::begins);
        return new GoEmotionsCorpus(folder.of(path));
    }

    private static boolean begins(Path folder) {
        return List.of("train.tsv", "dev.tsv", "test.tsv", "labels.txt").stream()
                .allMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    private void read(String part, Path folder) {
        Path file = folder.resolve(part + ".tsv");
        Part split = part.equals("dev") ? Part.VAL : Part.parse(part, file.toString());
        Origin origin = Origin.UNKNOWN.withSplit(split.word());
        int number = 0;
        for (String line : TextLines.of(file, StandardCharsets.ISO_8859_1)) {
            number++;
            String[] cells = line.split("\t", -1);
            if (cells.length != 3 || !cells[1].matches("\\d+(,\\d+)*") || cells[0].isBlank()) {
                String where = file + " line " + number;
                reading.find(Severity.ERROR, "line", where + " is no text, labels and id with tabs between: " + line);
                continue;
            }
            rows.merge(part, 1, Integer::sum);
            if (cells[1].contains(",")) {
                several.merge(part, 1, Integer::sum);
            } else {
                String emotion = label(cells[1], file + " line " + number);
                reading.add(new Utterance(cells[2].strip(), null, cells[0].strip(), emotion, origin));
            }
        }
    }

    private String label(String number, String where) {
        if (number.length() > 4 || Integer.parseInt(number) >= labels.size()) {
            throw new BadInputException(where + ": there is no label " + number + ", labels.txt has " + labels.size()
                    + ", numbered from 0; give the files of one grouping");
        }
        return labels.name(Integer.parseInt(number));
    }

    @Override
    public Labels labels() {
        return labels;
    }

    @Override
    public List<String> notes() {
        List<String> parts = new ArrayList<>();
        several.forEach((part, count) -> parts.add(part + " " + count + " of " + rows.get(part)));
        return List.of(
                "comments with several labels are left out, since an utterance has one emotion here: "
                        + String.join(", ", parts),
                "text alone; who wrote a comment is not known",
                "scores published for it are of all comments with all their labels: they cannot stand beside these");
    }

    @Override
    public boolean textIsFixed() {
        return false;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        return copyCheck()
                .compare("file", "comment", rows, ROWS)
                .counts("part", utterance -> utterance.split() + " " + utterance.emotion(), PER_CLASS)
                .findings(repeated())
                .verification();
    }

    /// Comments of the test part that stand word for word in another part.
    private List<Verification.Finding> repeated() {
        TreeSet<String> known = new TreeSet<>();
        List<String> ids = new ArrayList<>();
        for (Utterance utterance : utterances()) {
            if (!Part.TEST.word().equals(utterance.split())) {
                known.add(String.valueOf(utterance.text()));
            } else if (known.contains(String.valueOf(utterance.text()))) {
                ids.add(utterance.id());
            }
        }
        String message = Count.of(ids.size(), "comment") + " of the test part " + (ids.size() == 1 ? "stands" : "stand")
                + " word for word in another part";
        return ids.isEmpty() ? List.of() : List.of(new Verification.Finding(Severity.NOTE, "text", message, ids));
    }

    private static Map<String, Integer> perClass() {
        List<String> emotions = List.of("anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise");
        Map<String, List<Integer>> parts = Map.of(
                "train", List.of(4293, 498, 541, 15216, 12823, 2326, 3858),
                "val", List.of(555, 61, 72, 1941, 1592, 266, 459),
                "test", List.of(572, 76, 80, 1863, 1606, 283, 488));
        Map<String, Integer> counts = new TreeMap<>();
        parts.forEach((part, numbers) -> {
            for (int i = 0; i < numbers.size(); i++) {
                counts.put(part + " " + emotions.get(i), numbers.get(i));
            }
        });
        return counts;
    }
}
