package dev.parallax.corpus.spoken;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.corpus.spoken.Tone.Prosody;
import dev.parallax.io.ProgramPath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The program `espeak-ng`, a speech synthesiser by rules: free, small, and the same samples for the same input.
/// It gets the sentence through a pipe and gives back a WAV file; it writes nothing.
final class Espeak {

    /// Words per minute of a neutral utterance.
    private static final double USUAL_RATE = 165;

    /// Measured with several voices: `pitch="120%"` is 1.7 semitones higher, 140 % 3.4, 170 % 6.1, 85 % 1.2
    /// lower.
    private static final double SEMITONES_OF_TWICE = 8.3;

    private static final double MS_OF_A_GAP = 14; // at the usual rate, of option -g
    private static final Pattern VERSION = Pattern.compile("(\\d+\\.\\d+[\\w.-]*)");
    private static final long SECONDS = 60;

    private final Path program;
    private final String version;

    private Espeak(Path program, String version) {
        this.program = program;
        this.version = version;
    }

    /// The program on a search path.
    ///
    /// @throws BadInputException when it is not installed
    static Espeak find(String searchPath) {
        Path program = ProgramPath.find("espeak-ng", searchPath);
        if (program == null) {
            throw new BadInputException("spoken corpus: espeak-ng, which speaks the sentences, is not on the PATH;"
                    + " install it (apt install espeak-ng, brew install espeak-ng)");
        }
        Matcher said =
                VERSION.matcher(new String(run(List.of(program.toString(), "--version"), ""), StandardCharsets.UTF_8));
        return new Espeak(program, "espeak-ng " + (said.find() ? said.group(1) : "of unknown version"));
    }

    /// `espeak-ng 1.51`.
    String version() {
        return version;
    }

    /// Refuses speakers whose voices are not installed; the program would take another without a word.
    void require(List<Speaker> speakers) {
        String listed = new String(run(List.of(program.toString(), "--voices=variant"), ""), StandardCharsets.UTF_8);
        Set<String> installed = listed.lines()
                .map(line -> line.replaceFirst(".*!v/", "").strip())
                .collect(Collectors.toSet());
        for (Speaker speaker : speakers) {
            String variant = speaker.voice().substring(speaker.voice().indexOf('+') + 1);
            if (!installed.contains(variant)) {
                throw new BadInputException("spoken corpus: " + version + " has no voice \"" + variant
                        + "\"; install a newer one (1.51 has all), or take fewer ‹set speakers=N›");
            }
        }
    }

    /// Speaks a sentence. Marks that move the pitch by themselves (! and ?) become full stops: the tone is ours.
    ///
    /// @param prosody with the habits of the speaker
    Audio speak(String sentence, Speaker speaker, Prosody prosody) {
        String ssml = String.format(
                Locale.ROOT,
                "<prosody pitch=\"%d%%\" range=\"%d%%\">%s</prosody>\n",
                Math.clamp(Math.round(100 * (1 + prosody.pitch() / SEMITONES_OF_TWICE)), 50, 250),
                Math.clamp(Math.round(100 * Math.exp(prosody.range())), 10, 400),
                escaped(sentence));
        List<String> command = List.of(
                program.toString(),
                "-m",
                "-z",
                "-v",
                speaker.voice(),
                "-s",
                Long.toString(Math.clamp(Math.round(USUAL_RATE * Math.exp(prosody.rate())), 80, 400)),
                "-g",
                Long.toString(Math.clamp(Math.round(prosody.pause() / MS_OF_A_GAP), 0, 30)),
                "--stdin",
                "--stdout");
        byte[] wav = run(command, ssml);
        return AudioFile.read(wav, version, _ -> {}); // it warns that a pipe's header does not know the length
    }

    private static String escaped(String sentence) {
        return sentence.replaceAll("[!?]+", ".")
                .replace('’', '\'')
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static byte[] run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread guard = Thread.ofVirtual().start(() -> stopWhenLate(process));
            hand(process, input);
            byte[] said = process.getInputStream().readAllBytes();
            int code = process.waitFor();
            guard.interrupt();
            if (code != 0) {
                throw new BadInputException("spoken corpus: " + String.join(" ", command) + " ended with exit code "
                        + code + "; see whether espeak-ng works by itself");
            }
            return said;
        } catch (IOException e) {
            throw new BadInputException(
                    "spoken corpus: " + command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while espeak-ng spoke", e);
        }
    }

    /// A program that has ended reads nothing any more; its exit code says why.
    private static void hand(Process process, String input) throws IOException, InterruptedException {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                throw e;
            }
        }
    }

    private static void stopWhenLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it has ended
        }
    }
}
