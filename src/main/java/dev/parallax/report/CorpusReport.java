package dev.parallax.report;

import dev.parallax.report.page.Fact;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The page of a corpus: how many utterances of each class, by whom, how long, with which words.
///
/// @param corpus    what it is of, as in `emodb:/data/emodb`
/// @param command   that makes the page
/// @param synthetic whether it is the embedded one; the page then says that it is not speech
/// @param notes     facts that everyone who uses it needs, one line each
/// @param facts     its numbers, such as utterances and hours
/// @param classes   utterances of each class, for each choice of classes, by its name
/// @param groups    utterances of each class in each group, for each kind of group
/// @param seconds   durations of the recordings [s], rising; possibly none
/// @param words     how many each text has; possibly none
public record CorpusReport(
        String corpus,
        String command,
        boolean synthetic,
        List<String> notes,
        List<Fact> facts,
        Map<String, Map<String, Integer>> classes,
        List<Groups> groups,
        List<Double> seconds,
        List<Integer> words) {

    /// Utterances of each class in each group.
    ///
    /// @param unit    of a group, such as `speaker`
    /// @param classes the columns
    /// @param rows    the number of each class, by the name of the group
    public record Groups(String unit, List<String> classes, Map<String, List<Integer>> rows) {
        /// Keeps its own copies.
        public Groups {
            classes = List.copyOf(classes);
            rows = new LinkedHashMap<>(rows);
        }
    }

    /// Keeps its own copies.
    public CorpusReport {
        notes = List.copyOf(notes);
        facts = List.copyOf(facts);
        classes = new LinkedHashMap<>(classes);
        groups = List.copyOf(groups);
        seconds = new ArrayList<>(seconds);
        words = new ArrayList<>(words);
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    /// @throws dev.parallax.BadInputException if the folder cannot be written
    public Path write(Path folder) {
        return new CorpusPage(this).page().write(folder);
    }
}
