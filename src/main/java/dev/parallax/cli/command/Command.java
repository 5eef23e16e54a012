package dev.parallax.cli.command;

/// One command of the command line.
public interface Command {

    /// Everything went well.
    int DONE = 0;

    /// It ran, and one of its checks failed.
    int CHECK_FAILED = 1;

    /// Its options, words and help.
    Syntax syntax();

    /// Runs it.
    ///
    /// @return the exit code, [#DONE] or [#CHECK_FAILED]
    /// @throws dev.parallax.BadInputException when something given cannot be used: exit code 2
    int run(Arguments arguments, Console console);
}
