package dev.parallax.report;

import java.util.List;

/// What was run and on what: enough to run it again.
///
/// @param command the whole command line
/// @param seed    of every random number
/// @param corpus  what was learned from, for instance `synthetic:7, 2000 utterances`
/// @param jdk     version and vendor
/// @param backend the line of the backend
/// @param more    times, sizes and whatever else is worth a line, in the order to be shown
public record RunFacts(String command, long seed, String corpus, String jdk, String backend, List<Fact> more) {

    /// Keeps its own copy of the list.
    public RunFacts {
        more = List.copyOf(more);
    }
}
