package dev.parallax.setup;

/// Receives reports on the work. Lines name parts of a request in guillemets, as in "‹protocol sessions› keeps them
/// apart".
public interface Remarks {

    /// Ignores all reports.
    Remarks NONE = new Remarks() {};

    /// What goes on.
    default void log(String line) {}

    /// A warning for the reader of the result.
    default void warn(String line) {}

    /// Long work begins.
    ///
    /// @param task what is done, one or two words
    /// @param size how many steps it has
    default Progress progress(String task, long size) {
        return new Progress() {
            @Override
            public void advance(long steps) {}

            @Override
            public void close() {}
        };
    }

    /// How far long work is. Several threads may report steps; closing ends it.
    interface Progress extends AutoCloseable {

        /// So many more steps are done.
        void advance(long steps);

        @Override
        void close();
    }
}
