package dev.parallax.cli;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Backends;
import dev.parallax.train.Workers;

/// What `--backend` and `--threads` ask for.
final class Computing {

    private Computing() {}

    /// The backend that was asked for, said in one line.
    static Backend backend(Arguments arguments, Console console) {
        return Backends.choose(arguments.text("backend", "auto"), console::log);
    }

    /// The threads that were asked for: one a processor unless told otherwise.
    static Workers workers(Arguments arguments) {
        return new Workers(threads(arguments));
    }

    /// Their number.
    static int threads(Arguments arguments) {
        return arguments.count("threads", Runtime.getRuntime().availableProcessors());
    }
}
