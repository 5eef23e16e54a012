package dev.parallax.cli;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.io.Nearest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The entry: finds the command, runs it, and turns what happened into an exit code.
///
/// 0 done; 1 a check failed; 2 wrong usage or bad input, one line on stderr; 3 an error in Parallax, one line on
/// stderr; 130 and 143 when interrupted, which the JVM does by itself. A stack trace is shown with `--debug` only.
public final class Main {

    private static final int BAD_INPUT = 2;
    private static final int INTERNAL = 3;

    private final Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        commands.put("demo", DemoCommand::new);
        commands.put("predict", PredictCommand::new);
        commands.put("train", TrainCommand::new);
        commands.put("evaluate", EvaluateCommand::new);
        commands.put("study", StudyCommand::new);
        commands.put("features", FeaturesCommand::new);
        commands.put("corpus", CorpusCommand::new);
        commands.put("doctor", DoctorCommand::new);
    }

    /// Runs a command and ends the JVM with its exit code.
    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.exit(run(args, out, err));
    }

    /// Runs a command, as tests and other programs may.
    ///
    /// @param args the command and what follows it
    /// @param out  gets the result
    /// @param err  gets progress, warnings and errors
    /// @return the exit code
    public static int run(String[] args, PrintStream out, PrintStream err) {
        List<String> words = List.of(args);
        boolean debug = words.contains("--debug");
        try {
            int code = new Main(out, err).dispatch(words);
            out.flush();
            return code;
        } catch (BadInputException | ShapeException | BackendException e) {
            return failed(err, BAD_INPUT, oneLine(e.getMessage()), e, debug);
        } catch (OutOfMemoryError e) {
            String remedy = "out of memory; give it more: PARALLAX_JAVA_OPTS=-Xmx4g bin/parallax ...";
            return failed(err, INTERNAL, remedy, e, debug);
        } catch (RuntimeException | Error e) {
            String hint = debug ? "" : " (an error in Parallax; --debug shows the stack trace)";
            return failed(err, INTERNAL, "internal error: " + oneLine(e.toString()) + hint, e, debug);
        }
    }

    private static int failed(PrintStream err, int code, String line, Throwable cause, boolean debug) {
        err.println("parallax: " + line);
        if (debug) {
            cause.printStackTrace(err);
        }
        return code;
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "no message" : message.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private int dispatch(List<String> words) {
        if (words.isEmpty()) {
            throw new BadInputException("no command is given; parallax --help lists what there is");
        }
        return switch (words.getFirst()) {
            case "--help", "-h", "help" -> printHelp();
            case "--version" -> printVersion();
            default -> run(words.getFirst(), words.subList(1, words.size()));
        };
    }

    private int run(String name, List<String> rest) {
        Supplier<Command> maker = commands.get(name);
        if (maker == null) {
            throw new BadInputException("there is no command \"" + name + "\"" + Nearest.hint(name, commands.keySet())
                    + "; parallax --help lists what there is");
        }
        Command command = maker.get();
        Syntax syntax = command.syntax();
        Arguments arguments = syntax.parse(rest);
        if (arguments.has("help")) {
            syntax.help().forEach(out::println);
            return Command.DONE;
        }
        return command.run(arguments, new Console(out, err, arguments.has("json"), arguments.has("quiet")));
    }

    private int printHelp() {
        out.println("usage: parallax COMMAND [OPTIONS]");
        out.println("Recognises the emotion that an utterance expresses, from its audio and its text.");
        out.println();
        commands.forEach((name, maker) ->
                Syntax.described("  " + name, maker.get().syntax().summary()).forEach(out::println));
        out.println();
        out.println("parallax COMMAND --help tells what a command accepts; parallax --version tells the version.");
        out.println("exit codes: 0 done, 1 a check failed, 2 wrong usage or bad input, 3 an error in Parallax");
        return Command.DONE;
    }

    private int printVersion() {
        out.println("parallax " + version());
        return Command.DONE;
    }

    /// The version that the jar carries.
    static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
