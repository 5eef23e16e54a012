package dev.parallax.optim;

import dev.parallax.backend.Buffer;
import java.util.Map;

/// Changes parameters along their gradients. Those that are not fixed are one flat buffer ([Parameters#values]), so a
/// step is one kernel call.
public sealed interface Optimizer extends AutoCloseable permits Adam, Sgd {

    /// One step.
    ///
    /// @param gradient     flat, as long as [Parameters#values], not modified
    /// @param learningRate step size, already scheduled
    void step(Buffer gradient, double learningRate);

    /// Steps taken so far.
    int steps();

    /// The state that it carries from step to step, by name: flat buffers as long as [Parameters#values]. With
    /// [#resumeAt] this is everything that a checkpoint needs.
    Map<String, Buffer> state();

    /// Forgets its state and goes on as a new one would; [#steps] counts on.
    void restart();

    /// Sets how many steps were taken before; the caller fills the buffers of [#state].
    ///
    /// @param restartedAt how many of them before the last [#restart], 0 where there was none
    void resumeAt(int steps, int restartedAt);

    /// Gives the memory of its state back.
    @Override
    void close();
}
