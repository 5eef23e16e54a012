package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.TextLines;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the folders of ESD's speakers. Their transcripts are in UTF-8, UTF-16, GB 2312 or Latin 1, one
/// like this and the next like that, with tabs or blanks between the columns
/// (github.com/HLTSingapore/Emotional-Speech-Data, issue 1).
final class EsdReader {

    /// `0011_000001<TAB>The nine the eggs, I keep.<TAB>Neutral`; the emotion is in the language of the speaker.
    private static final Pattern LINE = Pattern.compile("(\\d{4}_\\d{6})\\s+(.+?)\\s+(\\S+)\\s*");

    private final CorpusBuilder reading = new CorpusBuilder();

    private EsdReader() {}

    /// The recordings of all speakers with their transcripts, and what did not fit.
    static CorpusBuilder read(Path folder) {
        EsdReader reader = new EsdReader();
        speakers(folder).forEach(reader::speaker);
        return reader.reading;
    }

    /// The folders of speakers.
    static List<Path> speakers(Path folder) {
        return Listing.folders(folder).stream()
                .filter(inside -> EsdClip.speakers().containsKey(Listing.name(inside)))
                .toList();
    }

    /// The folders of emotions of a speaker.
    static List<Path> emotions(Path speaker) {
        return Listing.folders(speaker).stream()
                .filter(inside -> EsdClip.EMOTIONS.containsKey(emotionName(inside)))
                .toList();
    }

    private static String emotionName(Path folder) {
        return Listing.name(folder).toLowerCase(Locale.ROOT);
    }

    private void speaker(Path folder) {
        Map<String, String> transcript = transcript(folder);
        List<String> silent = new ArrayList<>();
        for (Path emotion : emotions(folder)) {
            String label = EsdClip.EMOTIONS.getOrDefault(emotionName(emotion), "");
            for (Path file : Listing.filesBelow(emotion, ".wav", 2)) {
                EsdClip clip = EsdClip.parse(Listing.stem(file));
                if (clip == null || !clip.speaker().equals(Listing.name(folder))) {
                    reading.find(Severity.ERROR, "extra", file + " is no name of this speaker's; move it elsewhere");
                } else {
                    add(clip, label, file, transcript.getOrDefault(clip.name(), ""));
                    if (!transcript.containsKey(clip.name())) {
                        silent.add(clip.name());
                    }
                }
            }
        }
        if (!silent.isEmpty() && !transcript.isEmpty()) {
            reading.find(Severity.WARNING, "text", silent.size() + " recordings have no transcript", silent);
        }
    }

    private void add(EsdClip clip, String label, Path file, String words) {
        if (!label.equals(clip.emotion())) {
            reading.find(
                    Severity.ERROR,
                    "label",
                    file + " lies among those of " + label + ", its number is one of " + clip.emotion()
                            + "; move it there");
        }
        Origin origin = Origin.ofSpeaker(clip.speaker()).withScript(clip.sentence());
        String text = words.isEmpty() ? null : words;
        reading.add(new Utterance(clip.name(), new FileAudio(file), text, label, origin));
    }

    /// Id to words, of the lines that fit.
    private Map<String, String> transcript(Path folder) {
        String speaker = Listing.name(folder);
        Path file = Listing.child(folder, speaker + ".txt");
        if (file == null) {
            reading.find(Severity.WARNING, "text", folder + ": there is no " + speaker + ".txt, so no transcripts");
            return Map.of();
        }
        Charset old = EsdClip.speaksEnglish(speaker) ? StandardCharsets.ISO_8859_1 : Charset.forName("GB18030");
        Map<String, String> words = new HashMap<>();
        int number = 0;
        for (String line : TextLines.of(file, old)) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && fits(speaker, matcher.group(3))) {
                words.put(matcher.group(1), matcher.group(2));
            } else if (!line.isBlank()) {
                reading.find(
                        Severity.WARNING, "line", file + " line " + number + " is no id, text and emotion: " + line);
            }
        }
        return words;
    }

    /// Whether the last word of a line is an emotion and not of the sentence; Mandarin is written without blanks.
    private static boolean fits(String speaker, String last) {
        return !EsdClip.speaksEnglish(speaker) || EsdClip.EMOTIONS.containsKey(last.toLowerCase(Locale.ROOT));
    }
}
