package dev.parallax.cli.serve;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.cli.command.Arguments;
import dev.parallax.cli.command.Command;
import dev.parallax.cli.command.Computing;
import dev.parallax.cli.command.Console;
import dev.parallax.cli.command.Requests;
import dev.parallax.cli.command.Syntax;
import dev.parallax.io.Json;
import dev.parallax.io.TextFile;
import dev.parallax.report.Sections;
import dev.parallax.serve.EmotionService;
import dev.parallax.serve.ModelSource;
import dev.parallax.serve.ServiceConfig;
import dev.parallax.serve.ServiceLimits;
import dev.parallax.serve.ServiceLog;
import dev.parallax.serve.StreamLimits;
import dev.parallax.serve.TlsCertificate;
import dev.parallax.serve.Token;
import dev.parallax.setup.ModelPath;
import dev.parallax.setup.request.EncoderRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `serve`: answers over HTTP until the process is told to stop.
public final class ServeCommand implements Command {

    private static final String TOKEN = "PARALLAX_TOKEN";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PORT = 8080;
    private static final String ENDING = ".safetensors";
    private static final ServiceLimits DEFAULT = ServiceLimits.DEFAULT;
    private static final StreamLimits STREAMS = StreamLimits.DEFAULT;

    @Override
    public Syntax syntax() {
        return new Syntax(
                        "serve",
                        "[--model [NAME=]FILE_OR_DIR ...] [--host 127.0.0.1] [--port 8080] [OPTIONS]",
                        "models as a service over HTTP, with the answers of predict --json (docs/service.md)")
                .repeatable(
                        "model",
                        "[NAME=]FILE_OR_DIR",
                        "a model file, or the folder of a training run, and the name by which requests ask for it; the"
                                + " first answers where a request names none (default: starter)")
                .option("host", "NAME", "where it listens (default: 127.0.0.1, which no other machine reaches)")
                .option("port", "N", "its port, 0 for any that is free (default: 8080)")
                .option(
                        "token-file",
                        "FILE",
                        "holds the token that requests must bear; or set PARALLAX_TOKEN; needed beyond this machine")
                .option("tls-cert", "FILE", "speaks TLS with this certificate and those that sign it (PEM)")
                .option("tls-key", "FILE", "the key of the certificate (PEM, not encrypted)")
                .repeatable(
                        "cors", "ORIGIN", "pages that may read answers, such as https://example.org (default: none)")
                .option("max-body", "BYTES", described("of a request", DEFAULT.bodyBytes()))
                .option("max-audio", "S", described("seconds of a recording", (long) DEFAULT.audioSeconds()))
                .option("max-text", "N", described("characters of a text or transcript", DEFAULT.textCharacters()))
                .option("max-batch", "N", described("utterances of a request", DEFAULT.batchSize()))
                .option("max-headers", "BYTES", described("of the headers of a request", DEFAULT.headerBytes()))
                .option("max-connections", "N", described("open at once", DEFAULT.connections()))
                .option("max-streams", "N", described("streams open at once; others get 429", STREAMS.streams()))
                .option("max-message", "BYTES", described("of a message of a stream", STREAMS.messageBytes()))
                .option("queue", "N", described("requests that wait; others get 429", DEFAULT.queue()))
                .option("request-timeout", "S", described("seconds to an answer", DEFAULT.request()))
                .option(
                        "read-timeout",
                        "S",
                        described("seconds between two bytes of a body or messages of a stream", DEFAULT.read()))
                .option("idle-timeout", "S", described("seconds to wait for the head of a request", DEFAULT.idle()))
                .option("drain-timeout", "S", described("seconds for accepted requests at the end", DEFAULT.drain()))
                .encoders()
                .computing()
                .common();
    }

    private static String described(String what, long most) {
        return "at most so many " + what + " (default: " + most + ")";
    }

    private static String described(String what, Duration most) {
        return described(what, most.toSeconds());
    }

    @Override
    public int run(Arguments arguments, Console console) {
        ServiceConfig config = config(arguments);
        try (Backend backend = Computing.backend(arguments, console)) {
            List<ModelSource> models = models(arguments, backend, console);
            ServiceLog log = new ServiceLog(console::log, console::warn, thrown -> {
                console.warn(console.internal(thrown));
                console.trace(thrown);
            });
            warnOf(config, console);
            EmotionService service = EmotionService.start(config, models, log);
            HangUp.handle(service::reload, console);
            Runtime.getRuntime().addShutdownHook(new Thread(service::close, "drain"));
            tell(config, service.port(), models, console);
            service.awaitClosed();
            return DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DONE;
        }
    }

    private static void warnOf(ServiceConfig config, Console console) {
        TlsCertificate tls = config.tls();
        String warning = tls == null ? null : tls.warning();
        if (warning != null) {
            console.warn(warning);
        }
    }

    private static void tell(ServiceConfig config, int port, List<ModelSource> models, Console console) {
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        String url = (config.tls() == null ? "http://" : "https://") + host + ":" + port;
        Sections.LIMITS.forEach(console::log);
        List<String> names = models.stream().map(ModelSource::name).toList();
        console.print("listening at " + url + ", models: " + String.join(", ", names));
        console.result(Json.object().with("url", url).with("models", names));
    }

    private static List<ModelSource> models(Arguments arguments, Backend backend, Console console) {
        List<String> given = arguments.texts("model");
        List<ModelSource> models = new ArrayList<>();
        for (String word : given.isEmpty() ? List.of("starter") : given) {
            int equals = Files.exists(Path.of(word)) ? -1 : word.indexOf('=');
            ModelPath file = ModelPath.of(Path.of(word.substring(equals + 1)));
            String name = equals < 0 ? name(file) : word.substring(0, equals);
            EncoderRequest encoders = Requests.encoders(arguments);
            models.add(new ModelSource(
                    name, file.name(), file::stored, stored -> file.load(stored, backend, encoders, null, console)));
        }
        return models;
    }

    /// The name of a model that was given none: that of its file, or of the folder of its run.
    private static String name(ModelPath path) {
        Path file = path.file();
        if (file == null) {
            return path.name();
        }
        Path folder = file.toAbsolutePath().normalize().getParent();
        boolean isRun = file.endsWith(ModelPath.BEST) && folder != null && folder.getFileName() != null;
        String name = String.valueOf(isRun && folder != null ? folder.getFileName() : file.getFileName());
        return name.replace(ENDING, "").replaceAll("[^A-Za-z0-9._-]", "-");
    }

    private static ServiceConfig config(Arguments arguments) {
        return new ServiceConfig(
                arguments.text("host", LOOPBACK),
                Math.clamp(arguments.whole("port", PORT), -1, Integer.MAX_VALUE),
                Computing.threads(arguments),
                token(arguments.path("token-file")),
                tls(arguments.path("tls-cert"), arguments.path("tls-key")),
                arguments.texts("cors"),
                new ServiceLimits(
                        arguments.whole("max-body", DEFAULT.bodyBytes()),
                        arguments.number("max-audio", DEFAULT.audioSeconds()),
                        arguments.count("max-text", DEFAULT.textCharacters()),
                        arguments.count("max-batch", DEFAULT.batchSize()),
                        Math.clamp(arguments.whole("queue", DEFAULT.queue()), -1, Integer.MAX_VALUE),
                        arguments.count("max-headers", DEFAULT.headerBytes()),
                        arguments.count("max-connections", DEFAULT.connections()),
                        seconds(arguments, "request-timeout", DEFAULT.request()),
                        seconds(arguments, "read-timeout", DEFAULT.read()),
                        seconds(arguments, "idle-timeout", DEFAULT.idle()),
                        seconds(arguments, "drain-timeout", DEFAULT.drain())),
                new StreamLimits(
                        arguments.count("max-streams", STREAMS.streams()),
                        arguments.count("max-message", STREAMS.messageBytes())));
    }

    private static Duration seconds(Arguments arguments, String option, Duration otherwise) {
        double seconds = arguments.number(option, otherwise.toMillis() / 1000.0);
        if (!(seconds > 0 && seconds < 1e6)) {
            throw new BadInputException("serve: --" + option + " " + seconds + " must be above 0 and below a million");
        }
        return Duration.ofMillis(Math.max(1, Math.round(seconds * 1000)));
    }

    private static @Nullable TlsCertificate tls(@Nullable Path certificate, @Nullable Path key) {
        if ((certificate == null) != (key == null)) {
            throw new BadInputException("serve: --tls-cert and --tls-key belong together; give both, or none");
        }
        return certificate == null || key == null ? null : TlsCertificate.read(certificate, key);
    }

    /// The token of the file, else that of the environment, or null.
    private static @Nullable Token token(@Nullable Path file) {
        if (file != null) {
            return Token.of(TextFile.read(file), "serve: --token-file " + file);
        }
        String given = System.getenv(TOKEN);
        return given == null ? null : Token.of(given, "serve: " + TOKEN);
    }
}
