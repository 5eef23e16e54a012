package dev.parallax.corpus.spoken;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.ParallelLoop;
import dev.parallax.audio.file.WavWriter;
import dev.parallax.audio.variation.AddedNoise;
import dev.parallax.corpus.spoken.Tone.Prosody;
import dev.parallax.corpus.synthetic.SyntheticSpeech;
import dev.parallax.data.Utterance;
import dev.parallax.io.Csv;
import dev.parallax.io.Json;
import dev.parallax.io.SafeFiles;
import dev.parallax.random.RandomStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Writes a spoken corpus to a folder: `wav/ID.wav`, `manifest.csv` with the columns of a manifest corpus,
/// `truth.csv` with what only the design knows, and `corpus.json` with the settings, the ceilings and how it was
/// made. The manifest comes last: a folder that has one is complete.
public final class SpokenExport {

    /// The columns of the manifest. It names no part of a split: take a protocol that keeps speakers apart.
    public static final List<String> COLUMNS =
            List.of("id", "audio", "text", "emotion", "speaker", SyntheticSpeech.COLUMN);

    /// The columns of the truth. No model may see it; a study groups its test scores by it.
    public static final List<String> TRUTH = List.of(
            "id",
            "relation",
            "condition",
            "tone",
            "words",
            "spoken",
            "woman",
            "voice",
            "pitch",
            "range",
            "rate",
            "pause",
            "gain");

    private static final double LEVEL_DB = -26;
    private static final double ROOM_SNR_DB = 40;

    private final SpokenSettings settings;
    private final Espeak espeak;
    private final SpokenSentences pool;
    private final Path folder;

    private SpokenExport(SpokenSettings settings, Espeak espeak, SpokenSentences pool, Path folder) {
        this.settings = settings;
        this.espeak = espeak;
        this.pool = pool;
        this.folder = folder;
    }

    /// What was written.
    ///
    /// @param speech   how the speech was made, one line
    /// @param ceilings the best accuracies that can be reached
    public record Written(Path manifest, String speech, SpokenCeilings ceilings) {}

    /// Writes all utterances.
    ///
    /// @param sentences a corpus with text and the emotions anger, joy, neutral, sadness and surprise
    /// @param source    how that corpus is named in messages and in `corpus.json`
    /// @param folder    made if missing; must not hold a manifest already
    /// @param threads   that speak at a time; never changes a sample
    /// @param done      called after each utterance with 1
    /// @throws BadInputException when the folder has a manifest or cannot be written, espeak-ng is not
    ///     installed, or there are too few sentences
    public static Written write(
            SpokenSettings settings,
            List<Utterance> sentences,
            String source,
            Path folder,
            int threads,
            IntConsumer done) {
        Espeak espeak = Espeak.find(System.getenv().getOrDefault("PATH", ""));
        return write(settings, sentences, source, folder, espeak, threads, done);
    }

    static Written write(
            SpokenSettings settings,
            List<Utterance> sentences,
            String source,
            Path folder,
            Espeak espeak,
            int threads,
            IntConsumer done) {
        Path manifest = folder.resolve("manifest.csv");
        if (Files.exists(manifest)) {
            throw new BadInputException(manifest + ": exists already; give another folder or remove it");
        }
        SpokenSentences pool = new SpokenSentences(sentences, settings.seed());
        SpokenExport export = new SpokenExport(settings, espeak, pool, folder);
        List<Row> rows = export.rows(source, threads, done);
        Csv.write(
                folder.resolve("truth.csv"),
                TRUTH,
                rows.stream().map(Row::truth).toList());
        String speech = "synthetic speech: " + espeak.version() + " read aloud sentences of " + kindOf(source);
        SpokenCeilings ceilings = SpokenCeilings.of(settings);
        SyntheticSpeech.mark(
                folder,
                speech,
                Json.object()
                        .with("sentences", source)
                        .with("settings", settings.toJson())
                        .with("ceilings", ceilings.toJson()));
        Csv.write(
                manifest,
                COLUMNS,
                rows.stream().map(row -> marked(row.manifest(), speech)).toList());
        return new Written(manifest, speech, ceilings);
    }

    private static List<String> marked(List<String> row, String speech) {
        List<String> cells = new ArrayList<>(row);
        cells.add(speech);
        return List.copyOf(cells);
    }

    /// What stands before the colon in `KIND:PATH`. The line on the speech is passed on with models, where no path of
    /// this machine belongs.
    private static String kindOf(String source) {
        int colon = source.indexOf(':');
        return colon < 0 ? source : source.substring(0, colon);
    }

    private List<Row> rows(String source, int threads, IntConsumer done) {
        List<Planned> planned = SpokenDesign.of(settings);
        List<String> texts = pool.deal(planned, source);
        List<Speaker> speakers = IntStream.range(0, settings.speakers())
                .mapToObj(index -> Speaker.draw(settings.seed(), index))
                .toList();
        espeak.require(speakers);
        SafeFiles.createFolder(folder.resolve("wav"));
        Row[] rows = new Row[planned.size()];
        ParallelLoop.run(rows.length, 1, threads, () -> (from, to) -> {
            for (int i = from; i < to; i++) {
                rows[i] = row(
                        planned.get(i),
                        texts.get(i),
                        speakers.get(planned.get(i).speaker()));
                done.accept(1);
            }
        });
        return List.of(rows);
    }

    /// One utterance in the two tables.
    private record Row(List<String> manifest, List<String> truth) {}

    private Row row(Planned one, String sentence, Speaker speaker) {
        Prosody drawn = one.tone()
                .draw(settings.strength(), new RandomStream(settings.seed(), 0, Streams.PROSODY, one.number()));
        String audio = "";
        if (one.condition() != Condition.NO_AUDIO) {
            audio = "wav/" + one.id() + ".wav";
            Audio spoken = levelled(espeak.speak(sentence, speaker, speaker.with(drawn)), LEVEL_DB + drawn.gain());
            double snrDb = one.condition() == Condition.NOISY ? settings.snrDb() : ROOM_SNR_DB;
            RandomStream random = new RandomStream(settings.seed(), 0, Streams.NOISE, one.number());
            WavWriter.PCM_16.write(folder.resolve(audio), AddedNoise.add(spoken, AddedNoise.Color.PINK, snrDb, random));
        }
        String text = switch (one.condition()) {
            case NO_TEXT -> "";
            case GARBLED ->
                pool.garbled(
                        sentence,
                        settings.wordErrors(),
                        new RandomStream(settings.seed(), 0, Streams.WORD_ERRORS, one.number()));
            case CLEAN, NOISY, NO_AUDIO -> sentence;
        };
        return new Row(
                List.of(one.id(), audio, text, one.emotion(), speaker.name()),
                List.of(
                        one.id(),
                        one.relation().word(),
                        one.condition().word(),
                        one.tone().word(),
                        one.words(),
                        sentence,
                        Boolean.toString(speaker.woman()),
                        speaker.voice(),
                        number(drawn.pitch()),
                        number(drawn.range()),
                        number(drawn.rate()),
                        number(drawn.pause()),
                        number(drawn.gain())));
    }

    /// The sound at a level of its root mean square, lower where it would be cut off.
    ///
    /// @param levelDb relative to full scale [dB]
    private static Audio levelled(Audio audio, double levelDb) {
        double power = 0;
        float peak = 0;
        for (float x : audio.samples()) {
            power += (double) x * x;
            peak = Math.max(peak, Math.abs(x));
        }
        double gain = Math.pow(10, levelDb / 20) / Math.sqrt(Math.max(power / audio.samples().length, 1e-12));
        double limited = Math.min(gain, 0.9 / Math.max(peak, 1e-6));
        float[] out = new float[audio.samples().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (limited * audio.samples()[i]);
        }
        return new Audio(out, audio.sampleRate());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
