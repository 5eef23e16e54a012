package dev.parallax.setup;

import dev.parallax.train.EpochResult;
import dev.parallax.train.Trainer;
import dev.parallax.train.TrainingConfig;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reports how training goes: steps as progress, each epoch as a line.
public final class TrainingRemarks implements Trainer.Listener {

    private final Remarks remarks;
    private String name;
    private int epochs;
    private final String part;
    private final boolean everyEpoch;
    private Remarks.@Nullable Progress progress;
    private Remarks.@Nullable Progress copies; // one call at a time, whichever thread

    /// @param name       what is trained, the start of each line; may be empty
    /// @param training   how many epochs there will be at most, and what chooses among them
    /// @param everyEpoch whether each epoch gets a line, or only progress is shown
    public TrainingRemarks(Remarks remarks, String name, TrainingConfig training, boolean everyEpoch) {
        this.remarks = remarks;
        this.name = name;
        this.epochs = training.epochs();
        this.part = training.choosesOnTest() ? "test" : "validation";
        this.everyEpoch = everyEpoch;
    }

    @Override
    public void note(String line) {
        remarks.warn(line);
    }

    @Override
    public void warn(String line) {
        remarks.warn(name + line);
    }

    @Override
    public void copyMade(int done, int total) {
        if (copies == null) {
            copies = remarks.progress("varied copies", total);
        }
        copies.advance(1);
        if (done == total) {
            copies.close();
            copies = null;
        }
    }

    @Override
    public void stageBegins(String stage, int most) {
        name = stage;
        epochs = most;
    }

    @Override
    public void stepEnded(int epoch, int step, int stepsOfEpoch) {
        if (progress == null) {
            progress = remarks.progress(name + "epoch " + epoch + " of " + epochs, stepsOfEpoch);
        }
        progress.advance(1);
    }

    @Override
    public void epochEnded(EpochResult result, boolean best) {
        if (progress != null) {
            progress.close();
            progress = null;
        }
        if (everyEpoch) {
            remarks.log(line(result, best));
        }
    }

    private String line(EpochResult result, boolean best) {
        StringBuilder line = new StringBuilder(
                String.format(Locale.ROOT, "%sepoch %3d  loss %.4f", name, result.epoch(), result.trainLoss()));
        int unscored = line.length();
        add(line, "  " + part + " loss ", result.valLoss());
        add(line, "  UA ", result.valDecision());
        add(line, "  audio ", result.valAudio());
        add(line, "  text ", result.valText());
        boolean scored = line.length() > unscored;
        return line.append(best && scored ? "  best" : "").toString();
    }

    private static void add(StringBuilder line, String name, double value) {
        if (!Double.isNaN(value)) {
            line.append(name).append(String.format(Locale.ROOT, "%.3f", value));
        }
    }
}
