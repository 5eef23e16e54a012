package dev.parallax.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The files that docs/transcripts.md shows, one of each format: they have the turns of its table.
class TranscriptsChapterTest {

    private static final Pattern BLOCK =
            Pattern.compile("```(srt|vtt|json|tsv|stm|ctm|textgrid|eaf|text)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("\\| ([\\d.]+) \\| ([\\d.]+) \\| (\\w+) \\| ([^|]+) \\|");

    private record Row(double from, double to, String speaker, String text) {}

    @Test
    void blocks_ofEachFormat_haveTheTurnsOfTheTable() throws IOException {
        String chapter = Files.readString(Path.of("docs/transcripts.md"));
        List<Row> table = ROW.matcher(chapter)
                .results()
                .map(row -> new Row(
                        Double.parseDouble(row.group(1)), Double.parseDouble(row.group(2)), row.group(3), row.group(4)))
                .toList();
        assertEquals(2, table.size());
        List<String> formats = new ArrayList<>();
        Matcher block = BLOCK.matcher(chapter);
        while (block.find()) {
            Transcript transcript = Transcript.parse(block.group(2), block.group(1));
            formats.add(transcript.format());
            List<Row> turns = transcript.turns().stream()
                    .map(turn -> new Row(
                            turn.start(),
                            Objects.requireNonNull(turn.span()).end(),
                            String.valueOf(turn.speaker()),
                            turn.text()))
                    .toList();
            assertEquals(table, turns, block.group(1));
        }
        assertEquals(
                Transcript.formats().stream().sorted().toList(),
                formats.stream().sorted().toList());
    }
}
