package dev.parallax.cli;

import dev.parallax.BackendException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Backends;
import dev.parallax.backend.SelfTest;
import dev.parallax.train.Workers;
import java.util.List;

/// What `--backend` and `--threads` ask for.
final class Computing {

    private Computing() {}

    /// The backend that was asked for, said in one line.
    static Backend backend(Arguments arguments, Console console) {
        return Backends.choose(arguments.text("backend", "auto"), console::log);
    }

    /// The backend that was asked for, after it has shown that it computes right on this machine.
    ///
    /// @throws BackendException when a kernel does not
    static Backend testedBackend(Arguments arguments, Console console) {
        Backend backend = backend(arguments, console);
        List<String> wrong = SelfTest.run(backend).stream()
                .filter(line -> !line.passed())
                .map(SelfTest.Line::kernel)
                .toList();
        if (!wrong.isEmpty()) {
            throw new BackendException(backend.name() + ": the kernels " + wrong
                    + " compute something else than the scalar ones on this machine; use --backend scalar");
        }
        return backend;
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
