package dev.parallax.corpus;

import dev.parallax.audio.Audio;
import dev.parallax.io.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// A few utterances of a corpus in its real layout, with what goes wrong in real copies.
///
/// @param type  of the loader
/// @param kind  as in `--corpus KIND:PATH`
/// @param place below a folder that stands after the colon: the root of the corpus, or a file
/// @param part  a folder of the corpus below its root that someone may give by mistake; empty where there is none
/// @param ids   of the utterances, in order
/// @param write makes the tree in a folder
record Miniature(
        Class<? extends Corpus> type, String kind, String place, String part, List<String> ids, Consumer<Path> write) {

    private static int recordings;

    /// One of each kind that lies on disk.
    static List<Miniature> all() {
        return List.of(
                new Miniature(
                        CremaDCorpus.class,
                        "cremad",
                        "CREMA-D",
                        "",
                        List.of("1001_DFA_ANG_XX", "1002_IEO_HAP_HI", "1040_ITH_SAD_X", "1076_MTI_SAD_XX"),
                        Miniature::cremad),
                new Miniature(EmoDbCorpus.class, "emodb", "emodb", "", List.of("03a01Fa", "08b10Nc"), Miniature::emodb),
                new Miniature(
                        EsdCorpus.class,
                        "esd",
                        "ESD",
                        "0011/Angry",
                        List.of("0001_000001", "0011_000351", "0011_000001", "0020_001401"),
                        Miniature::esd),
                new Miniature(
                        FeaturesCorpus.class,
                        "features",
                        "vectors",
                        "",
                        List.of("line-2", "line-3"),
                        Miniature::features),
                new Miniature(
                        GoEmotionsCorpus.class,
                        "goemotions",
                        "ekman",
                        "",
                        List.of("eebbqej", "ed00q6i", "edgurhb", "eecwqtt"),
                        MiniatureTables::goEmotions),
                new Miniature(
                        IemocapCorpus.class,
                        "iemocap",
                        "IEMOCAP_full_release",
                        "Session1/sentences/wav",
                        MiniatureTables.IEMOCAP,
                        MiniatureTables::iemocap),
                new Miniature(
                        ManifestCorpus.class,
                        "manifest",
                        "my/my.csv",
                        "",
                        List.of("a.wav", "line-3"),
                        Miniature::manifest),
                new Miniature(
                        MeldCorpus.class,
                        "meld",
                        "MELD.Raw",
                        "train_splits",
                        MiniatureTables.MELD,
                        MiniatureTables::meld),
                new Miniature(
                        RavdessCorpus.class,
                        "ravdess",
                        "RAVDESS",
                        "Actor_01",
                        List.of("03-01-01-01-01-01-01", "03-01-06-02-02-01-02"),
                        Miniature::ravdess),
                new Miniature(
                        SaveeCorpus.class,
                        "savee",
                        "SAVEE",
                        "AudioData/DC",
                        List.of("DC_d03", "KL_su15"),
                        Miniature::savee),
                new Miniature(
                        TessCorpus.class,
                        "tess",
                        "TESS",
                        "",
                        List.of("OAF_back_angry", "OAF_bite_neutral", "YAF_back_ps"),
                        Miniature::tess));
    }

    /// Makes the tree in a folder; says what to open.
    String at(Path folder) {
        write.accept(folder.resolve(place));
        return kind + ":" + folder.resolve(place);
    }

    /// A recording at a sample rate, unlike all others, and what macOS leaves beside it.
    static Path clip(Path file, int sampleRate) {
        float[] samples = Clips.noise(++recordings, 0.5).samples();
        Clips.write(file, new Audio(samples, sampleRate));
        text(file.resolveSibling("._" + file.getFileName()), "Mac OS X");
        return file;
    }

    static Path text(Path file, String text) {
        return text(file, text, StandardCharsets.UTF_8);
    }

    static Path text(Path file, String text, Charset charset) {
        try {
            Files.createDirectories(file.getParent());
            return Files.write(file, text.getBytes(charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void cremad(Path root) {
        for (String name : List.of("1001_DFA_ANG_XX", "1002_IEO_HAP_HI", "1040_ITH_SAD_X")) {
            clip(root.resolve("AudioWAV/" + name + ".wav"), 16000);
        }
        Clips.write(root.resolve("AudioWAV/1076_MTI_SAD_XX.wav"), new Audio(new float[8000], 16000));
        text(root.resolve("AudioMP3/1001_DFA_ANG_XX.mp3"), "ID3");
    }

    private static void emodb(Path root) {
        clip(root.resolve("wav/03a01Fa.wav"), 16000);
        clip(root.resolve("wav/08b10Nc.WAV"), 16000);
    }

    private static void esd(Path root) {
        clip(root.resolve("0001/Neutral/0001_000001.wav"), 16000);
        text(root.resolve("0001/0001.txt"), "0001_000001\t打远一看，它们的确很是美丽，\t中立\n", Charset.forName("GB18030"));
        clip(root.resolve("0011/Angry/train/0011_000351.wav"), 16000);
        clip(root.resolve("0011/Neutral/test/0011_000001.wav"), 16000);
        text(
                root.resolve("0011/0011.txt"),
                "\uFEFF0011_000001\tThe nine the eggs, I keep.\tNeutral\r\n0011_000351\tThe nine the eggs, I keep.\tAngry\r\n",
                StandardCharsets.UTF_16LE);
        clip(root.resolve("0020/surprise/0020_001401.wav"), 16000);
        text(root.resolve("0020/0020.txt"), "0020_001401 The nine the eggs, I keep. Surprise\nSpeaker 20\n");
        text(root.resolve("ReadMe.txt"), "0001: Chinese Female\n");
    }

    private static void features(Path root) {
        text(root.resolve("utterances.csv"), "emotion,dialogue\njoy,d\nfear,d\n");
        Npy.write(root.resolve("text.npy"), new int[] {2, 3}, new float[6]);
    }

    private static void manifest(Path file) {
        clip(file.resolveSibling("a.wav"), 16000);
        text(file, "audio,text,emotion\na.wav,,joy\n,One two.,fear\n");
    }

    private static void ravdess(Path root) {
        clip(root.resolve("Actor_01/03-01-01-01-01-01-01.wav"), 48000);
        clip(root.resolve("Actor_01/03-02-03-01-01-01-01.wav"), 48000);
        clip(root.resolve("actor_02/03-01-06-02-02-01-02.wav"), 48000);
    }

    private static void savee(Path root) {
        clip(root.resolve("AudioData/DC/d03.wav"), 44100);
        clip(root.resolve("AudioData/KL/su15.wav"), 44100);
        text(root.resolve("AudioData/Info.txt"), "SAVEE");
    }

    private static void tess(Path root) {
        clip(root.resolve("OAF_angry/OAF_back_angry.wav"), 24414);
        clip(root.resolve("OAF_neutral/OA_bite_neutral.wav"), 24414);
        clip(root.resolve("YAF_pleasant_surprised/YAF_back_ps.wav"), 24414);
    }

    @Override
    public String toString() {
        return kind;
    }
}
