package dev.parallax.cli.command;

import dev.parallax.BadInputException;
import dev.parallax.audio.file.AudioFile;
import dev.parallax.backend.select.Backends;
import dev.parallax.corpus.verify.RecordingReview;
import dev.parallax.io.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/// The arguments that a command accepts: its options, in the order of its help, and the number of words beside them.
public final class Syntax {

    /// The options of every command.
    static final List<String> COMMON = List.of("json", "quiet", "debug", "help");

    /// The option that leaves recordings out.
    public static final String LEAVE_OUT = "leave-out";

    /// The options that name pretrained encoders.
    public static final String AUDIO_ENCODER = "audio-encoder";

    public static final String TEXT_ENCODER = "text-encoder";

    /// The option that copies encoders into the folder of a run.
    public static final String CARRY_ENCODERS = "carry-encoders";

    private static final int COLUMN = 30; // where descriptions start
    private static final int WIDTH = 110; // where lines are broken

    private final String command;
    private final String usage;
    private final String summary;
    private final List<String> notes = new ArrayList<>();
    private final Options options = new Options();
    private final List<Option> ordered = new ArrayList<>();
    private final Set<String> repeatable = new HashSet<>();
    private int words;

    /// @param command its name
    /// @param usage   the words after the name, for the first line of the help
    /// @param summary what it does, one line without a full stop
    public Syntax(String command, String usage, String summary) {
        this.command = command;
        this.usage = usage;
        this.summary = summary;
    }

    /// What it does, in one line.
    public String summary() {
        return summary;
    }

    /// Adds an option with a value that may be given several times; the command reads all of them.
    public Syntax repeatable(String name, String value, String description) {
        repeatable.add(name);
        return option(name, value, description + "; again for more");
    }

    /// Adds an option with a value, which is given once.
    public Syntax option(String name, String value, String description) {
        return add(Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(value)
                .desc(description)
                .get());
    }

    /// Adds an option without a value.
    public Syntax flag(String name, String description) {
        return add(Option.builder().longOpt(name).desc(description).get());
    }

    /// Allows so many words beside the options.
    public Syntax words(int count) {
        words = count;
        return this;
    }

    /// Says what the word MODEL stands for, at the end of the help.
    public Syntax model() {
        notes.add("MODEL is a model file, the folder of a training run, or starter, the one that comes along.");
        return this;
    }

    /// Adds lines at the end of the help.
    public Syntax notes(List<String> lines) {
        notes.addAll(lines);
        return this;
    }

    /// Adds `--audio` and `--channel`.
    ///
    /// @param length the length that recordings may have, such as `of any length`; or empty
    public Syntax recording(String length, String channels) {
        return option(
                        "audio",
                        "FILE",
                        "a recording of any rate" + length + ": " + AudioFile.MORE_FORMATS
                                + "; a pipe, or - for standard input")
                .option("channel", channels, "which channel is heard (default: the mean of all)");
    }

    /// Adds `--threads`.
    public Syntax threads() {
        return option("threads", "N", "threads to use; never changes a result (default: one a processor)");
    }

    /// Adds `--threads` and `--backend`, for commands that compute.
    public Syntax computing() {
        return threads().option("backend", "NAME", String.join(", ", Backends.NAMES) + " (default: auto)");
    }

    /// Adds `--size` and `--synergy`, for commands that read synthetic corpora.
    public Syntax made() {
        return option("size", "N", "utterances of a synthetic corpus")
                .option("synergy", "P", "share of a synthetic corpus that only both perspectives together tell");
    }

    /// Adds `--root`, for commands that read manifests.
    public Syntax rooted() {
        return option("root", "DIR", "where the recordings of manifests lie (default: beside each manifest)");
    }

    /// Adds `--cache`, for commands that read corpora.
    public Syntax cached() {
        return option("cache", "DIR", "where features are kept between runs (default: ~/.cache/parallax/features)");
    }

    /// Adds `--audio-encoder` and `--text-encoder`, for commands that train with them.
    public Syntax reading() {
        return option(
                        AUDIO_ENCODER,
                        "DIR",
                        "the folder of a pretrained encoder of speech, whose states are read in place of features:"
                                + " wav2vec 2.0, HuBERT, WavLM, data2vec, emotion2vec, Whisper (docs/pretrained.md)")
                .option(
                        TEXT_ENCODER,
                        "DIR",
                        "the folder of a pretrained encoder of text, whose states are read in place of vectors of words:"
                                + " BERT, DistilBERT, MiniLM, RoBERTa, XLM-R; minilm, which encoder minilm makes");
    }

    /// Adds the same, for commands that use a model.
    public Syntax encoders() {
        return option(AUDIO_ENCODER, "DIR", "where the model's encoder of speech is, if it is not found by itself")
                .option(TEXT_ENCODER, "DIR", "where the model's encoder of text is, if it is not found by itself");
    }

    /// Adds `--preset`, for commands that train.
    public Syntax preset() {
        return option(
                "preset",
                "NAME",
                "settings under a name: paper, as in the paper, done right; paper-code, as its released code does it,"
                        + " which is not honest and is marked so; text, for corpora of many short texts; starter, of the"
                        + " model that comes along");
    }

    /// Adds `--config` and `--set`, for commands with settings.
    public Syntax configurable() {
        return option("config", "FILE", "JSON with settings, as many as you like: {\"training\": {\"epochs\": 30}}")
                .repeatable("set", "KEY=VALUE", "one setting, such as training.epochs=30");
    }

    /// Adds `--leave-out`, for commands that train.
    public Syntax leavingOut() {
        return option(
                LEAVE_OUT,
                "LIST",
                "recordings that are not learned from or scored: faults, all that corpus verify calls errors; or some of "
                        + String.join(", ", RecordingReview.kinds()));
    }

    /// Adds the options of every command; called last.
    public Syntax common() {
        return flag("json", "print one JSON document on stdout and nothing else there")
                .flag("quiet", "no progress on stderr")
                .flag("debug", "show the stack trace of an error")
                .add(Option.builder("h").longOpt("help").desc("show this help").get());
    }

    private Syntax add(Option option) {
        options.addOption(option);
        ordered.add(option);
        return this;
    }

    /// Reads the words after the command.
    ///
    /// @throws BadInputException when one is not understood
    public Arguments parse(List<String> given) {
        try {
            DefaultParser parser =
                    DefaultParser.builder().setAllowPartialMatching(false).get();
            Arguments arguments = new Arguments(command, parser.parse(options, given.toArray(new String[0])));
            ordered.forEach(option -> requireOnce(option, arguments));
            if (!arguments.has("help") && arguments.words().size() > words) {
                throw new BadInputException(
                        command + ": \"" + arguments.words().get(words) + "\" is one word too many; " + see());
            }
            return arguments;
        } catch (UnrecognizedOptionException e) {
            List<String> names =
                    ordered.stream().map(option -> "--" + option.getLongOpt()).toList();
            String name = e.getOption().replaceFirst("=.*", "");
            throw new BadInputException(
                    command + ": there is no option " + name + Nearest.hint(name, names) + "; " + see(), e);
        } catch (MissingArgumentException e) {
            throw new BadInputException(
                    command + ": --" + e.getOption().getLongOpt() + " needs a value: --"
                            + e.getOption().getLongOpt() + " " + e.getOption().getArgName(),
                    e);
        } catch (ParseException e) {
            throw new BadInputException(command + ": " + e.getMessage() + "; " + see(), e);
        }
    }

    /// Of two values one would be passed over in silence.
    private void requireOnce(Option option, Arguments arguments) {
        String name = option.getLongOpt();
        List<String> values = option.hasArg() && !repeatable.contains(name) ? arguments.texts(name) : List.of();
        if (values.size() > 1) {
            throw new BadInputException(command + ": --" + name + " is given " + values.size() + " times ("
                    + String.join(", ", values) + "); give it once");
        }
    }

    private String see() {
        return "parallax " + command + " --help lists what there is";
    }

    /// The help, one line each.
    public List<String> help() {
        List<String> lines = new ArrayList<>();
        lines.add("usage: parallax " + command + " " + usage);
        lines.add(summary);
        lines.add("");
        for (Option option : ordered) {
            String value = option.hasArg() ? " " + option.getArgName() : "";
            String shortForm = option.getOpt() == null ? "" : "-" + option.getOpt() + ", ";
            lines.addAll(described("  " + shortForm + "--" + option.getLongOpt() + value, option.getDescription()));
        }
        if (!notes.isEmpty()) {
            lines.add("");
            lines.addAll(notes);
        }
        return lines;
    }

    /// A name and its description beside it, broken between words.
    public static List<String> described(String name, String description) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(padded(name));
        for (String word : description.split(" ")) {
            if (line.length() + word.length() > WIDTH) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(padded(""));
            }
            line.append(word).append(' ');
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(2, COLUMN - name.length()));
    }
}
