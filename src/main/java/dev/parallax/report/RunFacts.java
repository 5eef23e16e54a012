package dev.parallax.report;

import dev.parallax.report.page.Fact;
import java.util.List;

/// What was run and on what: enough to run it again.
///
/// @param command the whole command line
/// @param seed    of every random number
/// @param corpus  the training data, for instance `synthetic:7, 2000 utterances`
/// @param jdk     version and vendor
/// @param backend the line of the backend
/// @param more    times, sizes and other facts, in the order to be shown
/// @param dishonesty what makes its test scores too good, one line each, shown above everything
public record RunFacts(
        String command,
        long seed,
        String corpus,
        String jdk,
        String backend,
        List<Fact> more,
        List<String> dishonesty) {

    /// Keeps its own copies of the lists.
    public RunFacts {
        more = List.copyOf(more);
        dishonesty = List.copyOf(dishonesty);
    }
}
