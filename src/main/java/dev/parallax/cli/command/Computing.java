package dev.parallax.cli.command;

import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.train.Workers;

/// What `--backend` and `--threads` ask for.
public final class Computing {

    private Computing() {}

    /// The backend that was asked for, said in one line.
    public static Backend backend(Arguments arguments, Console console) {
        return Backends.choose(arguments.text("backend", "auto"), console::log);
    }

    /// The threads that were asked for: one a processor unless told otherwise.
    public static Workers workers(Arguments arguments) {
        return new Workers(threads(arguments));
    }

    /// Their number.
    public static int threads(Arguments arguments) {
        return arguments.count("threads", Runtime.getRuntime().availableProcessors());
    }
}
