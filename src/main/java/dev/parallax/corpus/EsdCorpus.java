package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Protocol;
import dev.parallax.corpus.split.Protocol.Scope;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import dev.parallax.io.TextLines;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Emotional Speech Dataset: ten speakers of Mandarin and ten of English say 350 sentences in five emotions,
/// 35000 recordings at 16 kHz. Licence: for research.
///
/// Layout: `0011/Angry/0011_000351.wav` and so on, in some copies one folder deeper (`train`, `evaluation`,
/// `test`), and the transcripts of a speaker in `0011/0011.txt`.
///
/// Source: Zhou, Sisman, Liu, Li, "Seen and Unseen Emotional Style Transfer for Voice Conversion with a New
/// Emotional Speech Dataset", ICASSP 2021.
public final class EsdCorpus extends PublishedCorpus {

    private static final Expected AUDIO = new Expected(16000, Map.of());

    private static final int SENTENCES = 350;
    private static final int SPEAKERS = 20;
    private static final int MANDARIN = 10;
    private static final int PER_SPEAKER = 1750;
    private static final int PER_EMOTION = 7000;

    private static final Pattern NAME = Pattern.compile("(00\\d\\d)_00(\\d{4})");

    /// A line of a transcript: `0011_000001<TAB>The nine the eggs, I keep.<TAB>Neutral`. The emotion is in the
    /// language of the speaker.
    private static final Pattern LINE = Pattern.compile("(\\d{4}_\\d{6})\\s+(.+?)\\s+(\\S+)\\s*");

    /// The emotions in the order of the numbers, by the names of their folders.
    private static final Map<String, String> EMOTIONS = emotions();

    private static final List<String> EMOTIONS_IN_ORDER = List.copyOf(EMOTIONS.values());

    private static final Set<Integer> WOMEN = Set.of(1, 2, 3, 7, 9, 15, 16, 17, 18, 19);

    /// The meaning of the name of a recording: `0011_000351` is speaker 0011, number 351. Each speaker says the
    /// same 350 sentences of a language in each of five emotions, one emotion after the other. So the number gives
    /// both: 351 is the first sentence, spoken in anger.
    ///
    /// @param name    without `.wav`
    /// @param speaker four digits; 0001 to 0010 speak Mandarin, 0011 to 0020 English
    /// @param number  1 to 1750
    record Clip(String name, String speaker, int number) {

        /// The name's meaning, or null where it is no name of ESD's.
        static @Nullable Clip parse(String name) {
            Matcher matcher = NAME.matcher(name);
            if (!matcher.matches()) {
                return null;
            }
            int number = Integer.parseInt(matcher.group(2));
            boolean known = speakers().containsKey(matcher.group(1)) && number >= 1 && number <= PER_SPEAKER;
            return known ? new Clip(name, matcher.group(1), number) : null;
        }

        /// The emotion that the number stands for.
        String emotion() {
            return EMOTIONS_IN_ORDER.get((number - 1) / SENTENCES);
        }

        /// The sentence, the same name whoever says it and in whichever emotion: `english-001`.
        String sentence() {
            String language = speaksEnglish(speaker) ? "english" : "mandarin";
            return String.format(Locale.ROOT, "%s-%03d", language, (number - 1) % SENTENCES + 1);
        }
    }

    private EsdCorpus(Path folder) {
        super("esd", folder);
        speakerFolders(folder).forEach(this::readSpeaker);
    }

    private static Map<String, String> emotions() {
        Map<String, String> emotions = new LinkedHashMap<>();
        emotions.put("neutral", "neutral");
        emotions.put("angry", "anger");
        emotions.put("happy", "happiness");
        emotions.put("sad", "sadness");
        emotions.put("surprise", "surprise");
        return emotions;
    }

    /// Opens the folder that holds those of the speakers.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static EsdCorpus open(Path path) {
        return new EsdCorpus(new CorpusFolder("esd", "the folders 0001 to 0020", EsdCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        return speakerFolders(folder).stream()
                .anyMatch(speaker -> !emotionFolders(speaker).isEmpty());
    }

    private static List<Path> speakerFolders(Path folder) {
        return Listing.folders(folder).stream()
                .filter(inside -> speakers().containsKey(Listing.name(inside)))
                .toList();
    }

    private static List<Path> emotionFolders(Path speaker) {
        return Listing.folders(speaker).stream()
                .filter(inside -> EMOTIONS.containsKey(emotionName(inside)))
                .toList();
    }

    private static String emotionName(Path folder) {
        return Listing.name(folder).toLowerCase(Locale.ROOT);
    }

    private void readSpeaker(Path folder) {
        Map<String, String> transcript = transcript(folder);
        List<String> withoutText = new ArrayList<>();
        for (Path emotion : emotionFolders(folder)) {
            String label = EMOTIONS.getOrDefault(emotionName(emotion), "");
            for (Path file : Listing.filesBelow(emotion, ".wav", 2)) {
                Clip clip = Clip.parse(Listing.stem(file));
                if (clip == null || !clip.speaker().equals(Listing.name(folder))) {
                    reading.find(Severity.ERROR, "extra", file + " is no name of this speaker's; move it elsewhere");
                } else {
                    add(clip, label, file, transcript.get(clip.name()));
                    if (!transcript.containsKey(clip.name())) {
                        withoutText.add(clip.name());
                    }
                }
            }
        }
        if (!withoutText.isEmpty() && !transcript.isEmpty()) {
            reading.find(
                    Severity.WARNING,
                    "text",
                    Count.of(withoutText.size(), "recording has", "recordings have") + " no transcript",
                    withoutText);
        }
    }

    private void add(Clip clip, String label, Path file, @Nullable String text) {
        if (!label.equals(clip.emotion())) {
            reading.find(
                    Severity.ERROR,
                    "label",
                    file + " lies among those of " + label + ", its number is one of " + clip.emotion()
                            + "; move it there");
        }
        Origin origin = Origin.ofSpeaker(clip.speaker()).withScript(clip.sentence());
        reading.add(new Utterance(clip.name(), new FileAudio(file), text, label, origin));
    }

    /// Id to text, of the lines that fit. The transcripts are in UTF-8, UTF-16, GB 2312 or Latin 1, which differs
    /// from speaker to speaker, with tabs or blanks between the columns
    /// (github.com/HLTSingapore/Emotional-Speech-Data, issue 1).
    private Map<String, String> transcript(Path folder) {
        String speaker = Listing.name(folder);
        Path file = Listing.child(folder, speaker + ".txt");
        if (file == null) {
            reading.find(Severity.WARNING, "text", folder + ": there is no " + speaker + ".txt, so no transcripts");
            return Map.of();
        }
        Charset charset = speaksEnglish(speaker) ? StandardCharsets.ISO_8859_1 : Charset.forName("GB18030");
        Map<String, String> texts = new HashMap<>();
        int number = 0;
        for (String line : TextLines.of(file, charset)) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches() && fits(speaker, matcher.group(3))) {
                texts.put(matcher.group(1), matcher.group(2));
            } else if (!line.isBlank()) {
                reading.find(
                        Severity.WARNING, "line", file + " line " + number + " is no id, text and emotion: " + line);
            }
        }
        return texts;
    }

    /// Whether the last word of a line is an emotion and not of the sentence; Mandarin is written without blanks.
    private static boolean fits(String speaker, String last) {
        return !speaksEnglish(speaker) || EMOTIONS.containsKey(last.toLowerCase(Locale.ROOT));
    }

    /// Whether a speaker speaks English; the others speak Mandarin.
    static boolean speaksEnglish(@Nullable String speaker) {
        return speaker != null && Integer.parseInt(speaker) > MANDARIN;
    }

    /// The 20 speakers in their order, with their sex.
    static Map<String, Sex> speakers() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int speaker = 1; speaker <= SPEAKERS; speaker++) {
            String name = String.format(Locale.ROOT, "%04d", speaker);
            sexes.put(name, WOMEN.contains(speaker) ? Sex.FEMALE : Sex.MALE);
        }
        return sexes;
    }

    @Override
    public Labels labels() {
        return Labels.of(EMOTIONS.values().stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        return List.of(
                "the sentences are the same in every emotion: the text carries none, so only the audio is used for"
                        + " training",
                "speakers 0001 to 0010 speak Mandarin, 0011 to 0020 English; ‹protocol english› or mandarin takes one"
                        + " language alone");
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    @Override
    public Map<String, Sex> sexes() {
        return speakers();
    }

    /// `language`: `english` or `mandarin`.
    @Override
    public Map<String, Map<String, String>> columns() {
        Map<String, String> languages = new HashMap<>();
        utterances().forEach(one -> languages.put(one.id(), speaksEnglish(one.speaker()) ? "english" : "mandarin"));
        return Map.of("language", languages);
    }

    /// `english` and `mandarin`: five folds, each tests a woman and a man who speak this language.
    @Override
    public List<Protocol> protocols() {
        return List.of(language("english", true), language("mandarin", false));
    }

    private static Protocol language(String name, boolean english) {
        List<String> women = new ArrayList<>();
        List<String> men = new ArrayList<>();
        speakers().forEach((speaker, sex) -> {
            if (speaksEnglish(speaker) == english) {
                (sex == Sex.FEMALE ? women : men).add(speaker);
            }
        });
        List<Protocol.Fold> folds = new ArrayList<>();
        for (int i = 0; i < women.size(); i++) {
            folds.add(new Protocol.Fold(List.of(women.get(i), men.get(i)), List.of()));
        }
        Scope scope = new Scope(
                utterance -> speaksEnglish(utterance.speaker()) == english,
                "which are in " + (english ? "Mandarin" : "English"));
        return new Protocol(name, "five folds of a woman and a man, of one language alone", scope, folds);
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        List<String> names = new ArrayList<>();
        for (String speaker : speakers().keySet()) {
            for (int number = 1; number <= PER_SPEAKER; number++) {
                names.add(String.format(Locale.ROOT, "%s_%06d", speaker, number));
            }
        }
        return copyCheck()
                .names(names, ".wav")
                .counts("emotion", Utterance::emotion, EMOTIONS.values(), PER_EMOTION)
                .counts("speaker", Utterance::speaker, speakers().keySet(), PER_SPEAKER)
                .recordings(AUDIO, listening)
                .verification();
    }
}
