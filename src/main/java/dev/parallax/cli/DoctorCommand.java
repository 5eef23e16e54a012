package dev.parallax.cli;

import dev.parallax.BackendException;
import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.file.Ffmpeg;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.backend.select.SelfTest;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.OptionNames;
import dev.parallax.cli.command.Syntax;
import dev.parallax.cli.predict.TrialPrediction;
import dev.parallax.io.Count;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.model.Version;
import dev.parallax.report.page.Drawing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// `doctor`: reports of the thing this machine offers, whether every kernel of every backend computes
/// correctly, and whether the backends agree on a whole prediction. It also says what is missing and how to get
/// it. `bin/parallax` runs it once to record the classes that a start loads.
final class DoctorCommand implements Command {

    private static final String NO_DEVICES = "no-devices";
    private static final String OF_FFMPEG = "MP3, M4A, Ogg, Opus and the sound of films";

    /// One thing that was checked.
    ///
    /// @param name what
    /// @param ok   false where something is wrong; a missing part is not wrong
    /// @param mark `ok`, `none` for a missing part, `WRONG`
    /// @param text for people
    /// @param json for scripts
    record Finding(String name, boolean ok, String mark, String text, JsonObject json) {}

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "doctor",
                        "[OPTIONS]",
                        "what this machine offers, whether every kernel of every backend computes right on it, and a prediction")
                .flag(NO_DEVICES, "leave out GPUs and the like, for which the kernels must be compiled first")
                .common();
    }

    @Override
    public int run(Arguments arguments, Console console) {
        List<Finding> findings = new ArrayList<>();
        findings.add(jdk());
        findings.add(module());
        findings.add(memory());
        findings.add(cache());
        findings.add(ffmpeg(Ffmpeg.ON_PATH));
        findings.add(figures());
        List<String> backends = arguments.has(NO_DEVICES) ? Backends.ofHost() : Backends.all();
        backends.forEach(name -> findings.add(backend(name, console::log)));
        List<String> chosen = new ArrayList<>();
        Backends.choose("auto", chosen::add).close();
        findings.add(fine("auto", String.join("; ", chosen), Json.object().with("choice", chosen.getLast())));
        findings.add(prediction(backends));
        boolean ok = findings.stream().allMatch(Finding::ok);
        print(findings, ok, console);
        return ok ? DONE : CHECK_FAILED;
    }

    private static void print(List<Finding> findings, boolean ok, Console console) {
        JsonObject json = Json.object().with("version", Version.current()).with("ok", ok);
        for (Finding finding : findings) {
            console.print(String.format(Locale.ROOT, "%-6s %-8s %s", finding.mark(), finding.name(), finding.text()));
            json = json.with(finding.name(), finding.json().with("ok", finding.ok()));
        }
        console.print(ok ? "all is well" : "something is wrong: see the lines that start with WRONG");
        console.result(json);
    }

    private static Finding fine(String name, String text, JsonObject json) {
        return new Finding(name, true, "ok", text, json);
    }

    private static Finding jdk() {
        Runtime.Version version = Runtime.version();
        String text = version + ", " + System.getProperty("java.vm.name") + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
        boolean ok = version.feature() >= 25;
        return new Finding(
                "jdk",
                ok,
                ok ? "ok" : "WRONG",
                ok ? text : text + "; a JDK >= 25 is needed: https://adoptium.net",
                Json.object().with("version", version.toString()).with("home", System.getProperty("java.home", "")));
    }

    private static Finding module() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        String text = there
                ? "jdk.incubator.vector is loaded"
                : "jdk.incubator.vector is not loaded: the scalar backend serves, slowly; start with bin/parallax";
        return fine("module", text, Json.object().with("loaded", there));
    }

    private static Finding memory() {
        Runtime runtime = Runtime.getRuntime();
        long mebibytes = runtime.maxMemory() >> 20;
        return fine(
                "memory",
                mebibytes + " MiB at most (PARALLAX_JAVA_OPTS=-Xmx4g gives more), "
                        + Count.of(runtime.availableProcessors(), "processor"),
                Json.object().with("maxMiB", mebibytes).with("processors", runtime.availableProcessors()));
    }

    private static Finding cache() {
        Path folder = FeatureCache.defaultFolder(System.getenv(), Path.of(System.getProperty("user.home", ".")));
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        boolean writable = Files.isWritable(existing);
        String text = folder + (writable ? "" : " cannot be written: features are computed at each run");
        return fine(
                "cache", text, Json.object().with("folder", folder.toString()).with("writable", writable));
    }

    /// The program that decodes formats without a decoder in Parallax; it may be missing.
    static Finding ffmpeg(Ffmpeg ffmpeg) {
        String version = ffmpeg.version();
        Path program = ffmpeg.program();
        JsonObject json = Json.object().with("found", version != null);
        if (version == null || program == null) {
            return new Finding(
                    "ffmpeg",
                    true,
                    "none",
                    "not on the PATH: " + OF_FFMPEG + " cannot be read; install it, or convert them to WAV or FLAC",
                    json);
        }
        return fine(
                "ffmpeg",
                version + " at " + program + " decodes " + OF_FFMPEG,
                json.with("program", program.toString()).with("version", version));
    }

    /// Whether pages get figures; tables stand in their place where they cannot be drawn.
    private static Finding figures() {
        String obstacle = Drawing.obstacle().orElse(null);
        JsonObject json = Json.object().with("drawn", obstacle == null);
        return obstacle == null
                ? fine("figures", "pages have figures", json)
                : new Finding("figures", true, "none", obstacle, json);
    }

    /// Whether a backend runs here, and whether each of its kernels agrees with the scalar one.
    ///
    /// @param log receives what is to be known before the finding
    static Finding backend(String name, Consumer<String> log) {
        boolean listed = name.indexOf(':') >= 0; // a device that is there
        Backend chosen;
        try {
            chosen = Backends.open(name, log);
        } catch (BackendException e) {
            return fails(name, listed ? "WRONG" : "none", e);
        }
        try (Backend backend = chosen) {
            return kernels(name, backend);
        } catch (BackendException e) {
            return fails(name, "WRONG", e);
        }
    }

    private static Finding fails(String name, String mark, BackendException error) {
        String reason = OptionNames.in(String.valueOf(error.getMessage()));
        return new Finding(
                name,
                mark.equals("none"),
                mark,
                "does not run here: " + reason,
                Json.object().with("runs", false).with("reason", reason));
    }

    private static Finding kernels(String name, Backend backend) {
        List<SelfTest.Line> lines = SelfTest.run(backend);
        List<SelfTest.Line> wrong =
                lines.stream().filter(line -> !line.passed()).toList();
        long own = lines.stream().filter(SelfTest.Line::own).count();
        double worst = lines.stream().mapToDouble(SelfTest.Line::error).max().orElse(0);
        SelfTest.Bits bits = Backends.ofHost().contains(name) ? null : SelfTest.bits(backend);
        String text = String.format(
                Locale.ROOT,
                "%s: %d kernels, %d its own, largest error %.2f of what is allowed%s%s",
                backend.description(),
                lines.size(),
                own,
                worst,
                wrong.isEmpty()
                        ? ""
                        : "; wrong: "
                                + wrong.stream().map(SelfTest.Line::kernel).collect(Collectors.joining(", ")),
                bits == null ? "" : "; " + bits.text());
        JsonObject json = Json.object()
                .with("runs", true)
                .with("description", backend.description())
                .with(
                        "kernels",
                        Json.array(lines.stream().map(DoctorCommand::kernel).toList()));
        if (bits != null) {
            json = json.with("bitsCompared", bits.compared()).with("bitsBroken", bits.broken());
        }
        boolean ok = wrong.isEmpty() && (bits == null || bits.broken().isEmpty());
        return new Finding(name, ok, ok ? "ok" : "WRONG", text, json);
    }

    /// Whether the backends agree on one prediction, from a file to an answer.
    private static Finding prediction(List<String> backends) {
        try {
            TrialPrediction trial = TrialPrediction.run(backends);
            String text = String.format(
                    Locale.ROOT,
                    "the starter model reads a recording and a sentence and says %s, on %s; largest difference %.1e%s",
                    trial.label(),
                    String.join(" and ", trial.backends()),
                    trial.difference(),
                    trial.agrees() ? "" : ": more than rounding explains");
            JsonObject json = Json.object()
                    .with("label", trial.label())
                    .with("backends", trial.backends())
                    .with("difference", trial.difference());
            return new Finding("predict", trial.agrees(), trial.agrees() ? "ok" : "WRONG", text, json);
        } catch (IOException e) {
            String text = "no file can be written to " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage();
            return new Finding("predict", false, "WRONG", text, Json.object());
        }
    }

    private static JsonObject kernel(SelfTest.Line line) {
        return Json.object()
                .with("name", line.kernel())
                .with("own", line.own())
                .with("error", line.error())
                .with("passed", line.passed());
    }
}
