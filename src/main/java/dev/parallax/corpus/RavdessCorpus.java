package dev.parallax.corpus;

import dev.parallax.audio.source.FileAudio;
import dev.parallax.corpus.recordings.PublishedCopies;
import dev.parallax.corpus.recordings.Severity;
import dev.parallax.corpus.split.Sex;
import dev.parallax.corpus.verify.ClipChecks.Expected;
import dev.parallax.corpus.verify.Verification;
import dev.parallax.corpus.verify.VerificationOptions;
import dev.parallax.data.Labels;
import dev.parallax.data.Origin;
import dev.parallax.data.Utterance;
import dev.parallax.io.Count;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The Ryerson Audio-Visual Database of Emotional Speech and Song, its speech: 24 actors say two sentences in
/// eight emotions, 1440 recordings at 48 kHz. Licence: CC BY-NC-SA 4.0.
///
/// Layout: `Actor_01/03-01-01-01-01-01-01.wav` to `Actor_24/...`; the names say everything.
///
/// Source: Livingstone, Russo, "The Ryerson Audio-Visual Database of Emotional Speech and Song (RAVDESS)", PLoS
/// ONE 13(5), 2018.
public final class RavdessCorpus extends PublishedCorpus {

    /// Of actor 7, happiness: the second time that the second sentence is spoken is the first.
    private static final PublishedCopies COPIES =
            new PublishedCopies(List.of(Set.of("03-01-03-01-02-01-07", "03-01-03-01-02-02-07")));

    private static final Expected AUDIO = new Expected(48000, Map.of(), COPIES);
    private static final int ACTORS = 24;
    private static final int PER_ACTOR = 60;

    /// Audio alone (03), sung (02).
    private static final String SONG = "03-02-";

    private static final Pattern NAME = Pattern.compile("03-0[12]-(0[1-8])-0([12])-(0[12])-0[12]-(\\d\\d)");

    /// The emotions in the order of their codes, 01 first.
    private static final List<String> EMOTIONS =
            List.of("neutral", "calm", "happiness", "sadness", "anger", "fear", "disgust", "surprise");

    private static final List<String> SENTENCES =
            List.of("Kids are talking by the door.", "Dogs are sitting by the door.");

    private RavdessCorpus(Path folder) {
        super("ravdess", folder);
        List<Path> speech = new ArrayList<>();
        List<String> songs = new ArrayList<>();
        for (Path file : recordings(folder)) {
            if (utterance(file) != null && Listing.stem(file).startsWith(SONG)) {
                songs.add(Listing.stem(file));
            } else {
                speech.add(file);
            }
        }
        readNames(speech, RavdessCorpus::utterance, "RAVDESS");
        if (!songs.isEmpty()) {
            reading.find(
                    Severity.NOTE,
                    "extra",
                    Count.of(songs.size(), "song is", "songs are") + " not read, only speech is",
                    songs);
        }
    }

    /// Opens the folder that holds those of the actors.
    ///
    /// @throws dev.parallax.BadInputException when it is another folder, with the one to give where it is near
    public static RavdessCorpus open(Path path) {
        return new RavdessCorpus(
                new CorpusFolder("ravdess", "the folders Actor_01 to Actor_24", RavdessCorpus::begins).of(path));
    }

    private static boolean begins(Path folder) {
        return anyName(recordings(folder), RavdessCorpus::utterance);
    }

    /// Those in the folders of actors.
    private static List<Path> recordings(Path folder) {
        return Listing.folders(folder).stream()
                .filter(inside -> Listing.name(inside).matches("(?i)actor_\\d\\d"))
                .flatMap(inside -> Listing.files(inside, ".wav").stream())
                .toList();
    }

    /// The meaning of the name of a recording, or null where it has none: `03-01-06-01-02-01-12` is audio alone
    /// (03), speech (01), fear (06), of normal intensity (01), sentence 02, first repetition (01), actor 12.
    /// Nothing is spoken neutrally with strong intensity (02).
    static @Nullable Utterance utterance(Path file) {
        String name = Listing.stem(file);
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        String emotion = EMOTIONS.get(Integer.parseInt(matcher.group(1)) - 1);
        boolean strong = matcher.group(2).equals("2");
        String sentence = matcher.group(3);
        int actor = Integer.parseInt(matcher.group(4));
        if (actor < 1 || actor > ACTORS || (strong && emotion.equals("neutral"))) {
            return null;
        }
        String text = SENTENCES.get(Integer.parseInt(sentence) - 1);
        Origin origin = Origin.ofSpeaker(speaker(actor)).withScript(sentence);
        return new Utterance(name, new FileAudio(file), text, emotion, origin);
    }

    /// The name of an actor, two digits.
    private static String speaker(int actor) {
        return String.format(Locale.ROOT, "%02d", actor);
    }

    @Override
    public Labels labels() {
        return Labels.of(EMOTIONS.stream().sorted().toList());
    }

    @Override
    public List<String> notes() {
        long neutral = recordingsOf("neutral");
        boolean half = neutral > 0 && 2 * neutral == recordingsOf("calm");
        return List.of(
                "the two sentences are fixed: the text carries no emotion, so only the audio is used for training",
                "calm is a class of its own beside neutral" + (half ? ", which has half as many recordings" : ""));
    }

    private long recordingsOf(String emotion) {
        return utterances().stream()
                .filter(utterance -> emotion.equals(utterance.emotion()))
                .count();
    }

    @Override
    public boolean textIsFixed() {
        return true;
    }

    /// The actors with odd numbers are men.
    @Override
    public Map<String, Sex> sexes() {
        Map<String, Sex> sexes = new LinkedHashMap<>();
        for (int actor = 1; actor <= ACTORS; actor++) {
            sexes.put(speaker(actor), actor % 2 == 1 ? Sex.MALE : Sex.FEMALE);
        }
        return sexes;
    }

    @Override
    public PublishedCopies publishedCopies() {
        return COPIES;
    }

    @Override
    public Verification verify(VerificationOptions listening) {
        Map<String, Integer> perEmotion = new LinkedHashMap<>();
        EMOTIONS.forEach(emotion -> perEmotion.put(emotion, emotion.equals("neutral") ? 96 : 192));
        return copyCheck()
                .names(published(), ".wav")
                .counts("emotion", Utterance::emotion, perEmotion)
                .counts("actor", Utterance::speaker, sexes().keySet(), PER_ACTOR)
                .recordings(AUDIO, listening)
                .verification();
    }

    /// The names of all 1440 recordings of speech: two sentences, each spoken twice, in every emotion and in two
    /// intensities (neutral: in one).
    static List<String> published() {
        List<String> names = new ArrayList<>();
        for (int actor = 1; actor <= ACTORS; actor++) {
            for (int code = 1; code <= EMOTIONS.size(); code++) {
                for (int intensity = 1; intensity <= (code == 1 ? 1 : 2); intensity++) {
                    for (String take : List.of("01-01", "01-02", "02-01", "02-02")) {
                        names.add(String.format(Locale.ROOT, "03-01-%02d-%02d-%s-%02d", code, intensity, take, actor));
                    }
                }
            }
        }
        return names;
    }
}
