package dev.parallax.cli.command;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How parts of a request are named on the command line. The packages below it are a library too and name no
/// options. Their messages put the name of such a part between single guillemets, with or without a value:
/// "‹protocol random› mixes them". Here that becomes "--protocol random mixes them". Names of files and labels stand in
/// messages too. They may well contain quotes of other kinds, so guillemets are used.
public final class OptionNames {

    /// The options of all commands.
    public static final Set<String> ALL = Set.of(
            "allow-seen",
            "as-recorded",
            "as-trained",
            "audio",
            "audio-encoder",
            "backend",
            "baselines",
            "cache",
            "carry-encoders",
            "causal",
            "channel",
            "check-attribution",
            "config",
            "corpus",
            "cors",
            "csv",
            "debug",
            "dialogue",
            "drain-timeout",
            "encoder",
            "evaluation",
            "fast",
            "features",
            "folds",
            "freeze",
            "fusion",
            "fusions",
            "gradients",
            "groups",
            "help",
            "host",
            "idle-timeout",
            "init",
            "jar",
            "json",
            "labels",
            "layer",
            "leave-out",
            "level",
            "license",
            "loss",
            "losses",
            "manifest",
            "max-audio",
            "max-batch",
            "max-body",
            "max-connections",
            "max-headers",
            "max-message",
            "max-streams",
            "max-text",
            "modalities",
            "model",
            "name",
            "no-devices",
            "out",
            "port",
            "preset",
            "protocol",
            "queue",
            "quiet",
            "read-timeout",
            "replay",
            "request-timeout",
            "resume",
            "robustness",
            "root",
            "seed",
            "seeds",
            "segments",
            "set",
            "size",
            "sizes",
            "speakers",
            "split",
            "split-seed",
            "spoken",
            "synergy",
            "test-speakers",
            "text",
            "text-encoder",
            "threads",
            "tls-cert",
            "tls-key",
            "times",
            "token-file",
            "transcript",
            "tune",
            "tune-by",
            "val-speakers",
            "vectors",
            "window");

    private static final Pattern QUOTED = Pattern.compile("‹([a-z][a-z-]*)([^‹›]*)›");

    private OptionNames() {}

    /// A message with options where it names parts of a request.
    public static String in(String message) {
        return message.indexOf('‹') < 0 ? message : QUOTED.matcher(message).replaceAll(OptionNames::option);
    }

    /// Messages with options where they name parts of a request.
    public static List<String> in(List<String> messages) {
        return messages.stream().map(OptionNames::in).toList();
    }

    private static String option(MatchResult quoted) {
        boolean known = ALL.contains(quoted.group(1))
                && (quoted.group(2).isEmpty() || quoted.group(2).startsWith(" "));
        return Matcher.quoteReplacement(known ? "--" + quoted.group(1) + quoted.group(2) : quoted.group());
    }
}
