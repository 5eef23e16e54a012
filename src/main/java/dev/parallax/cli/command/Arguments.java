package dev.parallax.cli.command;

import dev.parallax.BadInputException;
import dev.parallax.io.FolderLock;
import dev.parallax.io.Nearest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.jspecify.annotations.Nullable;

/// The arguments of a command, read by type; a value that cannot be read is refused in one line that names its
/// option.
public final class Arguments {

    private final String command;
    private final CommandLine line;

    Arguments(String command, CommandLine line) {
        this.command = command;
        this.line = line;
    }

    /// Whether an option was given.
    public boolean has(String option) {
        return line.hasOption(option);
    }

    /// Refuses options that are not read as the command is asked here.
    ///
    /// @param asked such as `corpus stats`
    /// @param read  the options that are, beside those of every command
    public void allowOnly(String asked, List<String> read) {
        for (Option option : line.getOptions()) {
            String name = option.getLongOpt();
            if (!read.contains(name) && !Syntax.COMMON.contains(name)) {
                throw new BadInputException(asked + ": --" + name + " is not for it"
                        + (read.isEmpty() ? "" : ", it takes --" + String.join(", --", read)) + "; leave it out");
            }
        }
    }

    /// All arguments, as they could be typed again.
    public String typed() {
        StringBuilder typed = new StringBuilder("parallax " + command);
        words().forEach(word -> typed.append(' ').append(word));
        for (Option option : line.getOptions()) {
            typed.append(" --").append(option.getLongOpt());
            if (option.hasArg()) {
                typed.append(' ').append(quoted(option.getValue()));
            }
        }
        return typed.toString();
    }

    /// All arguments as they were given, for another machine that parses them again.
    public List<String> given() {
        List<String> given = new ArrayList<>(words());
        for (Option option : line.getOptions()) {
            given.add("--" + option.getLongOpt());
            if (option.hasArg()) {
                given.add(option.getValue());
            }
        }
        return given;
    }

    /// A word with quotes where a shell needs them to read it as one.
    public static String quoted(String word) {
        return word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /// The words beside the options.
    public List<String> words() {
        return line.getArgList();
    }

    /// The value of an option, or null where it was not given.
    @Nullable
    public String text(String option) {
        List<String> all = texts(option);
        return all.isEmpty() ? null : all.getLast();
    }

    /// The value of an option, or another where it was not given.
    public String text(String option, String otherwise) {
        String value = text(option);
        return value == null ? otherwise : value;
    }

    /// The value of an option that must be there.
    ///
    /// @param why its purpose, the end of the message
    public String required(String option, String why) {
        String value = text(option);
        if (value == null) {
            throw new BadInputException(command + ": --" + option + " is missing; " + why);
        }
        return value;
    }

    /// All values of an option that may be given several times.
    public List<String> texts(String option) {
        @Nullable String[] values = line.getOptionValues(option);
        return values == null
                ? List.of()
                : Arrays.stream(values).map(String::valueOf).toList();
    }

    /// The parts of a value, separated by commas; none where it was not given.
    public List<String> list(String option) {
        String value = text(option);
        if (value == null) {
            return List.of();
        }
        List<String> parts =
                Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        if (parts.contains("")) {
            throw new BadInputException(
                    command + ": --" + option + " " + value + ": a name is missing between commas; write A,B");
        }
        return parts;
    }

    /// The choice of a word among several.
    ///
    /// @param name how each is written
    public static <T> T choice(String option, String word, List<T> choices, Function<T, String> name) {
        List<String> words = choices.stream().map(name).toList();
        int index = words.indexOf(word);
        if (index < 0) {
            throw new BadInputException(
                    "--" + option + " " + word + ": must be one of " + words + Nearest.hint(word, words));
        }
        return choices.get(index);
    }

    /// A whole number, or another where it was not given.
    public long whole(String option, long otherwise) {
        String value = text(option);
        try {
            return value == null ? otherwise : Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            throw new BadInputException(
                    command + ": --" + option + " " + value + " is not a whole number; write --" + option + " 1", e);
        }
    }

    /// A number, or another where it is not given.
    public double number(String option, double otherwise) {
        String value = text(option);
        if (value == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new BadInputException("--" + option + " " + value + ": must be a number, such as 0.5", e);
        }
    }

    /// A whole number from 1 that fits an int, or another where it was not given.
    public int count(String option, int otherwise) {
        long value = whole(option, otherwise);
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw new BadInputException(command + ": --" + option + " " + value + " must be at least 1");
        }
        return (int) value;
    }

    /// A path, or null where it was not given.
    @Nullable
    public Path path(String option) {
        String value = text(option);
        return value == null ? null : path(option, value);
    }

    /// A path that must be there.
    public Path requiredPath(String option, String why) {
        return path(option, required(option, why));
    }

    /// The word that names a model.
    ///
    /// @throws BadInputException when there is none
    public Path modelWord() {
        if (words().isEmpty()) {
            throw new BadInputException(
                    command + ": which model? Give a model file, the folder of a training run, or starter");
        }
        return Path.of(words().getFirst());
    }

    /// The folder that an option names, which must be new or empty; or null.
    ///
    /// @throws BadInputException where it is a file, or holds something
    public @Nullable Path newFolder(String option) {
        Path folder = path(option);
        if (folder != null && Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInputException(command + ": --" + option + " " + folder + " is a file; give a folder");
        }
        if (folder != null && !FolderLock.isEmpty(folder)) {
            throw new BadInputException(
                    command + ": --" + option + " " + folder + " holds something already; give a new folder");
        }
        return folder;
    }

    /// The same of an option that must be given.
    ///
    /// @param why what it is for
    public Path requiredNewFolder(String option, String why) {
        required(option, why);
        return Objects.requireNonNull(newFolder(option));
    }

    private Path path(String option, String value) {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
            throw new BadInputException(command + ": --" + option + " is empty; give it a path");
        } catch (InvalidPathException e) {
            throw new BadInputException(command + ": --" + option + " " + value + " is no path: " + e.getReason(), e);
        }
    }
}
