package dev.parallax.cli.command;

import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.train.Workers;

/// The choices of `--backend` and `--threads`.
public final class Computing {

    private Computing() {}

    /// The chosen backend; prints it in one line.
    public static Backend backend(Arguments arguments, Console console) {
        return Backends.choose(arguments.text("backend", "auto"), console::log);
    }

    /// The chosen number of threads as workers, by default one per processor.
    public static Workers workers(Arguments arguments) {
        return new Workers(threads(arguments));
    }

    /// Their number.
    public static int threads(Arguments arguments) {
        return arguments.count("threads", Runtime.getRuntime().availableProcessors());
    }
}
