package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// WebVTT: blocks between blank lines; a cue has an optional name, its times, and its text.
///
///     WEBVTT
///
///     00:01.000 --> 00:04.000 align:start
///     <v Anna>so <00:02.500>glad you came
///
/// A voice (`<v Anna>`) is the speaker; a cue with several voices is a turn of each, all with the times of the cue.
/// Time stamps within a text are when the words after them begin. Cues that underline word after word are joined
/// ([WordHighlights]). Other tags are taken away; `&amp;`, `&lt;`,
/// `&gt;`, `&nbsp;`, `&lrm;` and `&rlm;` are what they stand for. Notes, styles and regions are passed over.
///
/// Source: W3C, "WebVTT: The Web Video Text Tracks Format" (2019).
record WebVtt() implements TranscriptFormat {

    private static final Pattern HEADER = Pattern.compile("WEBVTT(?:[ \t].*)?");
    private static final Pattern NO_CUE = Pattern.compile("(?:NOTE|STYLE|REGION)(?:[ \t].*)?");
    private static final Pattern TAG = Pattern.compile("<([^<>]*)>");
    private static final Pattern VOICE = Pattern.compile("v(?:\\.[^\\s]*)?\\s+(.+)", Pattern.DOTALL);

    @Override
    public String title() {
        return "WebVTT";
    }

    @Override
    public boolean begins(String text) {
        return HEADER.matcher(Lines.first(text)).matches();
    }

    @Override
    public List<SpokenTurn> read(String text, String where, Consumer<String> notes) {
        List<String> lines = Lines.of(text);
        List<SpokenTurn> turns = new ArrayList<>();
        WordHighlights highlights = new WordHighlights();
        boolean isHeader = true;
        int i = 0;
        while (i < lines.size()) {
            int from = i;
            while (i < lines.size() && !lines.get(i).isBlank()) {
                i++;
            }
            boolean isCue = !NO_CUE.matcher(lines.get(from).strip()).matches();
            if (from < i && (isHeader ? timesFrom(lines, from, i) < i : isCue)) {
                addCues(turns, highlights, lines, from, i, where);
            }
            isHeader = isHeader && from == i;
            i++;
        }
        highlights.report(notes);
        return turns;
    }

    /// The first of the lines `from` to `to` - 1 with the times of a cue; `to` where there is none.
    private static int timesFrom(List<String> lines, int from, int to) {
        int at = from;
        while (at < to && !lines.get(at).contains(Span.ARROW)) {
            at++;
        }
        return at;
    }

    /// Adds the turns of the cue in lines `from` to `to` - 1; of several where the blank line between them is missing.
    private static void addCues(
            List<SpokenTurn> turns, WordHighlights highlights, List<String> lines, int from, int to, String where) {
        int at = timesFrom(lines, from, to);
        if (at == to) {
            addCue(turns, highlights, lines, Math.min(from + 1, to - 1), to, where);
        }
        while (at < to) {
            int next = timesFrom(lines, at + 1, to);
            addCue(turns, highlights, lines, at, next, where);
            at = next;
        }
    }

    /// Adds the turns of the cue with its times in line `at` and its text in those up to `to` - 1.
    private static void addCue(
            List<SpokenTurn> turns, WordHighlights highlights, List<String> lines, int at, int to, String where) {
        Span span = Span.ofCue(lines.get(at));
        if (span == null) {
            throw new BadInputException(where + " line " + (at + 1) + ": " + Lines.shown(lines.get(at))
                    + " is no pair of times; write 00:01.000 --> 00:04.000, or NOTE above what is no cue");
        }
        String cue = String.join(" ", lines.subList(at + 1, to));
        int before = turns.size();
        addVoices(turns, span, cue);
        if (turns.size() == before + 1) {
            highlights.add(turns, cue);
        }
    }

    private static void addVoices(List<SpokenTurn> turns, Span span, String cue) {
        Voice voice = new Voice(null, span.start());
        int before = turns.size();
        Matcher tag = TAG.matcher(cue);
        int read = 0;
        double last = span.start();
        while (tag.find()) {
            voice.text.append(cue.substring(read, tag.start()));
            read = tag.end();
            Matcher named = VOICE.matcher(tag.group(1).strip());
            OptionalDouble stamp = Span.clock(tag.group(1));
            if (stamp.isPresent()) {
                last = stamp.getAsDouble();
                voice.stamp(last);
            } else if (named.matches()) {
                voice.addTo(turns, span);
                voice = new Voice(Lines.spaced(unescaped(named.group(1))), last);
            }
        }
        voice.text.append(cue.substring(read));
        voice.addTo(turns, span);
        if (turns.size() == before) {
            turns.add(new SpokenTurn(span, null, List.of(), ""));
        }
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", " ")
                .replace("&lrm;", "")
                .replace("&rlm;", "")
                .replace("&amp;", "&");
    }

    /// What one voice says in a cue, with the places of its time stamps.
    private static final class Voice {
        private final @Nullable String speaker;
        private final StringBuilder text = new StringBuilder();
        private final List<Integer> places = new ArrayList<>();
        private final List<Double> times = new ArrayList<>();

        Voice(@Nullable String speaker, double start) {
            this.speaker = speaker;
            stamp(start);
        }

        void stamp(double time) {
            places.add(text.length());
            times.add(time);
        }

        /// Adds a turn, unless there is no text. Words between two stamps share the time between them evenly.
        void addTo(List<SpokenTurn> turns, Span span) {
            List<SpokenWord> words = new ArrayList<>();
            for (int i = 0; i < places.size(); i++) {
                boolean isLast = i + 1 == places.size();
                String part = text.substring(places.get(i), isLast ? text.length() : places.get(i + 1));
                double end = isLast ? span.end() : times.get(i + 1);
                List<String> some = Lines.fields(unescaped(part));
                double each = (end - times.get(i)) / some.size();
                for (int w = 0; w < some.size(); w++) {
                    words.add(new SpokenWord(
                            some.get(w), new Span(times.get(i) + w * each, times.get(i) + (w + 1) * each)));
                }
            }
            String whole = Lines.spaced(unescaped(text.toString()));
            Lines.Said said = speaker == null ? Lines.speakerInBrackets(whole) : new Lines.Said(speaker, whole);
            boolean isTimed = places.size() > 1 && said.text().equals(whole);
            if (!whole.isEmpty()) {
                turns.add(new SpokenTurn(span, said.speaker(), isTimed ? words : List.of(), said.text()));
            }
        }
    }
}
