package dev.parallax.cli.study;

import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Syntax;
import dev.parallax.data.AugmentationSettings;
import dev.parallax.fusion.Modality;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import dev.parallax.setup.PreparedStudy;
import dev.parallax.setup.RunSettings;
import dev.parallax.study.Cell;
import dev.parallax.study.StudyDesign;
import dev.parallax.study.Variant;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// For each training run of a study the command that trains the same model again, and keeps it.
final class RetrainCommands {

    /// Options of the study that its models are trained with, too.
    private static final List<String> ASKED = List.of(
            "corpus",
            "level",
            "labels",
            "size",
            "synergy",
            "modalities",
            Syntax.AUDIO_ENCODER,
            Syntax.TEXT_ENCODER,
            "root",
            "cache");

    private final Arguments arguments;
    private final PreparedStudy study;
    private final Path out;

    /// @param out the study's folder, which gets the settings of each strategy
    RetrainCommands(Arguments arguments, PreparedStudy study, Path out) {
        this.arguments = arguments;
        this.study = study;
        this.out = out;
    }

    /// The command of a cell, whose settings are written.
    ///
    /// @param variant name of the settings that were kept
    String of(Cell cell, String variant) {
        return command(cell, settings(cell, variant));
    }

    /// Writes the file for `--config` of a cell.
    private Path settings(Cell cell, String name) {
        StudyDesign plan = study.design();
        Variant variant = plan.variant(name);
        Modality alone = cell.alone();
        RunSettings own = Objects.requireNonNull(study.variants().get(name));
        JsonObject json = own.toJson()
                .with("network", (alone != null ? variant.network() : plan.network(cell.strategy(), variant)).toJson());
        if (alone == Modality.TEXT) {
            json = json.with("augmentation", AugmentationSettings.NONE.toJson()); // nothing is heard
        }
        int number = plan.variants().indexOf(variant) + 1;
        String more = plan.variants().size() == 1 ? "" : "." + number;
        Path file = out.resolve("settings").resolve(cell.strategy() + more + ".json");
        SafeFiles.createFolder(Objects.requireNonNull(file.getParent()));
        SafeFiles.write(file, json.toIndentedText().getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /// The command that trains a cell's model again, and keeps it.
    private String command(Cell cell, Path settings) {
        StudyDesign plan = study.design();
        StringBuilder command = new StringBuilder("bin/parallax train");
        for (String option : ASKED) {
            boolean alone = option.equals("modalities") && cell.alone() != null;
            if (cell.alone() != null && isOfTheOther(option, cell.alone())) {
                continue;
            }
            for (String value : alone ? List.of(cell.strategy()) : arguments.texts(option)) {
                add(command, option, value);
            }
        }
        add(command, "config", settings.toString());
        add(command, "loss", cell.loss().word());
        add(command, "seed", Long.toString(plan.seed(cell)));
        add(
                command,
                "split-seed",
                Long.toString(
                        arguments.whole("split-seed", plan.base().training().seed())));
        String folds = arguments.text("folds");
        if (folds != null) {
            add(command, "protocol", plan.folds().size() == 1 ? folds : folds + "/" + (cell.fold() + 1));
        }
        add(command, "out", "runs/" + cell.id());
        return command.toString();
    }

    /// Whether an option is about the encoder of the modality that a model of one perspective does not read.
    private static boolean isOfTheOther(String option, Modality alone) {
        return option.equals(alone == Modality.TEXT ? Syntax.AUDIO_ENCODER : Syntax.TEXT_ENCODER);
    }

    private static void add(StringBuilder command, String option, String value) {
        command.append(" --").append(option).append(' ').append(Arguments.quoted(value));
    }
}
