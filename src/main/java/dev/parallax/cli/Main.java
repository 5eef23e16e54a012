package dev.parallax.cli;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.cli.audit.AuditCommand;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.StandardStream;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.corpus.CorpusCommand;
import dev.parallax.cli.corpus.FeaturesCommand;
import dev.parallax.cli.demo.DemoCommand;
import dev.parallax.cli.inspect.CardCommand;
import dev.parallax.cli.inspect.DiffCommand;
import dev.parallax.cli.inspect.InspectCommand;
import dev.parallax.cli.listen.ListenCommand;
import dev.parallax.cli.predict.PredictCommand;
import dev.parallax.cli.serve.ServeCommand;
import dev.parallax.cli.study.StudyCommand;
import dev.parallax.cli.train.EvaluateCommand;
import dev.parallax.cli.train.ReproduceCommand;
import dev.parallax.cli.train.TrainCommand;
import dev.parallax.io.Nearest;
import dev.parallax.model.Version;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// The entry point: finds the command, runs it, and returns its exit code.
///
/// 0: done. 1: a check failed. 2: wrong usage or bad input, one line on stderr. 3: an error in Parallax, one line on
/// stderr. The JVM itself ends with 130 or 143 when it is interrupted. A stack trace is shown with `--debug` only.
public final class Main {

    private static final int BAD_INPUT = 2;
    private static final int INTERNAL = 3;

    private final Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
    private final StandardStream out;
    private final StandardStream err;

    private Main(StandardStream out, StandardStream err) {
        this.out = out;
        this.err = err;
        commands.put("demo", DemoCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("listen", ListenCommand::new);
        commands.put("serve", ServeCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("study", StudyCommand::new);
        commands.put("audit", AuditCommand::new);
        commands.put("inspect", InspectCommand::new);
        commands.put("card", CardCommand::new);
        commands.put("diff", DiffCommand::new);
        commands.put("reproduce", ReproduceCommand::new);
        commands.put("features", FeaturesCommand::new);
        commands.put("corpus", CorpusCommand::new);
        commands.put("encoder", EncoderCommand::new);
        commands.put("doctor", DoctorCommand::new);
    }

    /// Runs a command and ends the JVM with its exit code.
    public static void main(String[] args) {
        // records are made from JSON by reflection; method handles for their constructors would take longer than the
        // rest
        System.setProperty("jdk.reflect.useNativeAccessorOnly", "true");
        System.exit(run(args, new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err)));
    }

    /// Runs a command, as tests and other programs may.
    ///
    /// @param args the command and what follows it
    /// @param out  gets the result
    /// @param err  gets progress, warnings and errors
    /// @return the exit code
    public static int run(String[] args, OutputStream out, OutputStream err) {
        return new Main(new StandardStream(out), new StandardStream(err)).run(List.of(args));
    }

    private int run(List<String> words) {
        Console console = new Console(out, err, false, false, words.contains("--debug"));
        try {
            int code = dispatch(words);
            requireWritten();
            return code;
        } catch (BadInputException | ShapeException | BackendException e) {
            console.error(message(e), e);
            return BAD_INPUT;
        } catch (OutOfMemoryError e) {
            console.error("out of memory; give it more: PARALLAX_JAVA_OPTS=-Xmx4g bin/parallax ...", e);
            return INTERNAL;
        } catch (RuntimeException | Error e) {
            console.error(console.internal(e), e);
            return INTERNAL;
        }
    }

    private void requireWritten() {
        String failure = out.failure();
        if (failure != null) {
            throw new BadInputException(
                    "stdout: the result could not be written (" + failure + "); make room there, or send it elsewhere");
        }
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null ? "no message" : message.strip();
    }

    /// Runs the command that the first word names.
    private int dispatch(List<String> words) {
        if (words.isEmpty()) {
            throw new BadInputException("no command is given; parallax --help lists what there is");
        }
        String name = words.getFirst();
        if (List.of("--help", "-h", "help").contains(name)) {
            return printHelp();
        }
        if (name.equals("--version")) {
            return printVersion();
        }
        Supplier<Command> maker = commands.get(name);
        if (maker == null) {
            throw new BadInputException("there is no command \"" + name + "\"" + Nearest.hint(name, commands.keySet())
                    + "; parallax --help lists what there is");
        }
        Command command = maker.get();
        Syntax syntax = command.syntax();
        Arguments arguments = syntax.parse(words.subList(1, words.size()));
        if (arguments.has("help")) {
            syntax.help().forEach(out::line);
            return Command.DONE;
        }
        boolean debug = arguments.has("debug");
        return command.run(arguments, new Console(out, err, arguments.has("json"), arguments.has("quiet"), debug));
    }

    private int printHelp() {
        List<String> lines = new ArrayList<>();
        lines.add("usage: parallax COMMAND [OPTIONS]");
        lines.add("Recognises the emotion that an utterance expresses, from its audio and its text.");
        lines.add("");
        commands.forEach((name, maker) ->
                lines.addAll(Syntax.described("  " + name, maker.get().syntax().summary())));
        lines.add("");
        lines.add("parallax COMMAND --help tells what a command accepts; parallax --version tells the version.");
        lines.add("exit codes: 0 done, 1 a check failed, 2 wrong usage or bad input, 3 an error in Parallax");
        lines.forEach(out::line);
        return Command.DONE;
    }

    private int printVersion() {
        out.line("parallax " + Version.current());
        return Command.DONE;
    }
}
