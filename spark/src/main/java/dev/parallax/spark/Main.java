package dev.parallax.spark;

import dev.parallax.BackendException;
import dev.parallax.BadInputException;
import dev.parallax.ShapeException;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.StandardStream;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Nearest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;

/// The class that `spark-submit` starts: finds the command and runs it. Exit codes are those of `parallax`.
public final class Main {

    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("score", ScoreCommand::new);
        COMMANDS.put("stream", StreamCommand::new);
        COMMANDS.put("features", FeaturesCommand::new);
        COMMANDS.put("corpus", CorpusCommand::new);
        COMMANDS.put("study", StudyCommand::new);
    }

    private Main() {}

    public static void main(String[] args) {
        StandardStream out = new StandardStream(new FileOutputStream(FileDescriptor.out));
        StandardStream err = new StandardStream(new FileOutputStream(FileDescriptor.err));
        int code = run(List.of(args), out, err);
        if (code != Command.DONE) {
            System.exit(code); // after success Spark ends the JVM by itself, and cluster managers see a success
        }
    }

    /// Runs a command.
    ///
    /// @return the exit code: 0 done, 1 a check failed, 2 bad input, 3 an error in Parallax or in Spark
    static int run(List<String> words, StandardStream out, StandardStream err) {
        Console console = new Console(out, err, false, false, words.contains("--debug"));
        try {
            return dispatch(words, out, err);
        } catch (BadInputException | ShapeException | BackendException e) {
            console.error(String.valueOf(e.getMessage()), e);
            return 2;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            if (e instanceof SparkThrowable || e instanceof IOException || e instanceof UncheckedIOException) {
                console.error("Spark: " + said(e), e);
                return e instanceof AnalysisException ? 2 : 3;
            }
            console.error(console.internal(e), e);
            return 3;
        } catch (Error e) {
            console.error(console.internal(e), e);
            return 3;
        }
    }

    /// What Spark says, and what it says was the cause of it all: a full disk, a server that does not answer. One line.
    static String said(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String first = Place.line(thrown).strip();
        String last = Place.line(cause).strip();
        return first.contains(last) ? first : first + " " + last;
    }

    private static int dispatch(List<String> words, StandardStream out, StandardStream err) {
        if (words.isEmpty() || List.of("--help", "-h", "help").contains(words.getFirst())) {
            out.line("usage: spark/run COMMAND [OPTIONS], or spark/submit COMMAND [OPTIONS]");
            COMMANDS.forEach((name, maker) -> Syntax.described(
                            "  " + name, maker.get().syntax().summary())
                    .forEach(out::line));
            return Command.DONE;
        }
        String name = words.getFirst();
        Supplier<Command> maker = COMMANDS.get(name);
        if (maker == null) {
            throw new BadInputException("there is no command \"" + name + "\" on Spark"
                    + Nearest.hint(name, COMMANDS.keySet()) + "; there are " + String.join(", ", COMMANDS.keySet()));
        }
        Command command = maker.get();
        Arguments arguments = command.syntax().parse(words.subList(1, words.size()));
        if (arguments.has("help")) {
            command.syntax().help().forEach(out::line);
            return Command.DONE;
        }
        return command.run(
                arguments,
                new Console(out, err, arguments.has("json"), arguments.has("quiet"), arguments.has("debug")));
    }
}
