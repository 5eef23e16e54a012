package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The table of Whisper: a header, then a segment a line, with times in milliseconds.
///
///     start   end     text        (between tabs)
///     1000    4000    so glad
///
/// A speaker stands in brackets before the text, as in SubRip.
record WhisperTable() implements TranscriptFormat {

    private static final Pattern HEADER = Pattern.compile("start\tend\ttext", Pattern.CASE_INSENSITIVE);
    private static final Pattern ROW = Pattern.compile("(-?\\d{1,12})\t(-?\\d{1,12})\t(.*)");
    private static final double MILLIS = 1000;

    @Override
    public String title() {
        return "TSV of Whisper";
    }

    @Override
    public boolean begins(String text) {
        return HEADER.matcher(Lines.first(text)).matches();
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<SpokenTurn> turns = new ArrayList<>();
        List<String> lines = Lines.of(text);
        boolean isBelowHeader = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank()) {
                continue;
            }
            if (!isBelowHeader) {
                isBelowHeader = true;
                continue;
            }
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                throw new BadInputException(where + " line " + (i + 1) + ": " + Lines.shown(line)
                        + " is no row of Whisper's TSV; write start, end and text between tabs, times in milliseconds");
            }
            Span span = new Span(Long.parseLong(row.group(1)) / MILLIS, Long.parseLong(row.group(2)) / MILLIS);
            Lines.Said said = Lines.speakerInBrackets(Lines.spaced(row.group(3)));
            turns.add(new SpokenTurn(span, said.speaker(), List.of(), said.text()));
        }
        return turns;
    }
}
