package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.ViewScores;
import java.nio.file.Path;
import java.util.List;

/// The page of one training run: its split, its learning curves, and the scores, confusions and calibration of its
/// answers.
///
/// @param run        what was run and on what
/// @param synthetic  whether the corpus is the embedded one; the page then says that it is not speech
/// @param labels     the classes
/// @param split      the parts of the corpora
/// @param history    of the training
/// @param validation scores on the validation part, which chose the epoch; possibly none
/// @param test       scores on the test part, made once, at the end; possibly none
/// @param speakers   accuracy on the test part, speaker by speaker; possibly none
/// @param notes      warnings about this run, one line each
public record RunReport(
        RunFacts run,
        boolean synthetic,
        Labels labels,
        SplitFacts split,
        History history,
        List<ViewScores> validation,
        List<ViewScores> test,
        List<SpeakerAccuracy> speakers,
        List<String> notes) {

    /// Keeps its own copies of the lists.
    public RunReport {
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        speakers = List.copyOf(speakers);
        notes = List.copyOf(notes);
    }

    /// Writes `report.html` and its `figures/` into a folder, which is made where it is missing.
    ///
    /// @return the page's file
    /// @throws dev.parallax.BadInputException if the folder cannot be written
    public Path write(Path folder) {
        return new RunPage(this).page().write(folder);
    }
}
