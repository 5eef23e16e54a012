package dev.parallax.serve;

import static dev.parallax.serve.RunningService.json;
import static dev.parallax.serve.RunningService.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.backend.Backend;
import dev.parallax.backend.scalar.ScalarBackend;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeTensors;
import dev.parallax.model.ModelFile;
import dev.parallax.model.Starter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model whose file has changed is read again while requests are answered.
class ServiceReloadTest {

    private static final JsonObject WORDS = Json.object().with("text", "so glad you came");
    private static final String RELOAD = "/v1/admin/reload";

    @TempDir
    Path folder;

    /// The file of the starter, and the same with another checksum of its metadata: another file, the same answers.
    private static byte[] starter(boolean isOther) throws IOException {
        try (var in = Starter.class.getResourceAsStream("starter.safetensors")) {
            byte[] bytes = java.util.Objects.requireNonNull(in).readAllBytes();
            if (!isOther) {
                return bytes;
            }
            SafeTensors stored = SafeTensors.parse(bytes, "starter");
            SafeTensors.Builder copy = new SafeTensors.Builder();
            stored.metadata().forEach((key, value) -> {
                if (!key.equals(SafeTensors.CHECKSUM)) {
                    copy.metadata(key, value);
                }
            });
            for (String name : stored.names()) {
                switch (stored.dtype(name)) {
                    case "F32" -> copy.floats(name, stored.shape(name), stored.floats(name));
                    case "F64" -> copy.doubles(name, stored.shape(name), stored.doubles(name));
                    case "I32" -> copy.ints(name, stored.shape(name), stored.ints(name));
                    case "BF16" -> copy.brainFloats(name, stored.shape(name), stored.floats(name));
                    default -> copy.bytes(name, stored.shape(name), stored.bytes(name));
                }
            }
            return copy.toBytes();
        }
    }

    private static ModelSource source(Path file, Backend backend) {
        return new ModelSource(
                "mine", file.toString(), () -> SafeTensors.read(file), stored -> ModelFile.of(stored, "mine", backend));
    }

    private static JsonObject reload(RunningService service) throws Exception {
        return json(service.post(RELOAD, "text/plain", new byte[0]));
    }

    private static JsonObject only(JsonObject answer) {
        return answer.array("models").objects().getFirst();
    }

    @Test
    void reload_changedFile_isServedAndOthersAreUnchanged() throws Exception {
        Path file = Files.write(folder.resolve("mine.safetensors"), starter(false));
        try (Backend backend = new ScalarBackend();
                RunningService service = RunningService.of(List.of(source(file, backend)))) {
            String old = json(service.post("/v1/predict", WORDS)).text("modelHash");
            JsonObject unchanged = only(reload(service));
            assertEquals("unchanged", unchanged.text("outcome"));
            assertEquals(old, unchanged.text("modelHash"));
            Files.write(file, starter(true));
            assertEquals(old, json(service.post("/v1/predict", WORDS)).text("modelHash"), "not before it is asked to");
            JsonObject changed = only(reload(service));
            assertEquals("reloaded", changed.text("outcome"));
            String hash = changed.text("modelHash");
            assertFalse(hash.equals(old), hash);
            assertEquals(hash, json(service.post("/v1/predict", WORDS)).text("modelHash"));
            assertEquals(hash, json(service.get("/v1/models/mine")).text("modelHash"));
            assertTrue(
                    service.lines().contains("model mine: reloaded"),
                    service.lines().toString());
        }
    }

    @Test
    void reload_fileThatCannotBeRead_keepsTheOld() throws Exception {
        Path file = Files.write(folder.resolve("mine.safetensors"), starter(false));
        try (Backend backend = new ScalarBackend();
                RunningService service = RunningService.of(List.of(source(file, backend)))) {
            JsonObject old = json(service.post("/v1/predict", WORDS));
            Files.writeString(file, "nonsense");
            JsonObject kept = only(reload(service));
            assertEquals("kept", kept.text("outcome"));
            assertTrue(kept.text("error").startsWith("mine: "), kept.text("error"));
            assertFalse(kept.text("error").contains(folder.toString()), kept.text("error"));
            Files.delete(file);
            assertEquals("kept", only(reload(service)).text("outcome"));
            assertEquals(old, json(service.post("/v1/predict", WORDS)));
            assertEquals(2, service.warnings().size(), service.warnings().toString());
            assertTrue(service.warnings().stream().allMatch(line -> line.startsWith("model mine: kept; mine: ")));
        }
    }

    /// Requests that come all the while are answered by one model or by the other, and all of them are.
    @Test
    void reload_underLoad_dropsNoRequest() throws Exception {
        byte[][] files = {starter(false), starter(true)};
        Path file = Files.write(folder.resolve("mine.safetensors"), files[0]);
        try (Backend backend = new ScalarBackend();
                RunningService service = RunningService.of(List.of(source(file, backend)));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<Set<String>>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(() -> {
                    Set<String> hashes = new java.util.TreeSet<>();
                    while (!isOver.get()) {
                        hashes.add(json(service.post("/v1/predict", WORDS)).text("modelHash"));
                    }
                    return hashes;
                }));
            }
            Set<String> served = new java.util.TreeSet<>();
            for (int i = 1; i <= 6; i++) {
                Path beside = Files.write(folder.resolve("new"), files[i % 2]);
                Files.move(beside, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
                JsonObject outcome = only(reload(service));
                assertEquals("reloaded", outcome.text("outcome"));
                served.add(outcome.text("modelHash"));
            }
            isOver.set(true);
            assertEquals(2, served.size());
            for (Future<Set<String>> client : clients) {
                Set<String> hashes = client.get();
                assertFalse(hashes.isEmpty());
                assertTrue(served.containsAll(hashes), hashes.toString());
            }
        }
    }

    /// The heap is too small, which is no error of the program: whoever runs the service reads what to do.
    @Test
    void outOfMemory_is503AndAWarningThatSaysHowToMendIt() throws Exception {
        AtomicBoolean isFull = new AtomicBoolean();
        ModelSource source = new ModelSource(
                "mine",
                "mine",
                () -> {
                    if (isFull.get()) {
                        throw new OutOfMemoryError("Java heap space");
                    }
                    return Starter.file();
                },
                stored -> Starter.load(new ScalarBackend()));
        try (RunningService service = RunningService.of(List.of(source))) {
            isFull.set(true);
            HttpResponse<String> answer = service.post(RELOAD, "text/plain", new byte[0]);
            assertEquals(
                    "the service is out of memory; send a shorter recording, or ask again later", problem(503, answer));
            assertEquals(
                    List.of("out of memory: a request was refused; give Java a larger heap, such as"
                            + " PARALLAX_JAVA_OPTS=-Xmx4g, or lower ‹max-audio› or ‹max-body›"),
                    service.warnings());
            isFull.set(false);
            json(service.post("/v1/predict", WORDS));
        }
    }

    /// A page in a browser of this machine is anybody's.
    @Test
    void reload_byOthers_isRefused() throws Exception {
        try (RunningService guarded = RunningService.guarded()) {
            problem(401, guarded.post(RELOAD, "text/plain", new byte[0]));
            HttpRequest.Builder request = HttpRequest.newBuilder(guarded.uri(RELOAD))
                    .header("Authorization", "Bearer " + RunningService.TOKEN)
                    .header("Origin", "https://a.example")
                    .POST(HttpRequest.BodyPublishers.noBody());
            HttpResponse<String> answer = guarded.send(request);
            assertEquals(
                    "this is for the machine on which the service runs; ask it there, with curl", problem(403, answer));
        }
    }

    /// Its own address that is not a loopback one is another machine's as far as the service can tell.
    @Test
    void reload_fromAnotherAddress_isRefused() throws Exception {
        java.net.InetAddress other = java.net.NetworkInterface.networkInterfaces()
                .flatMap(java.net.NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof java.net.Inet4Address)
                .findFirst()
                .orElse(null);
        org.junit.jupiter.api.Assumptions.assumeTrue(other != null, "a machine with the loopback device alone");
        try (RunningService open = RunningService.open();
                RawConnection connection = new RawConnection(open, java.util.Objects.requireNonNull(other))) {
            connection.head(
                    "POST " + RELOAD,
                    "Authorization: Bearer " + RunningService.TOKEN,
                    "Connection: close",
                    "Content-Length: 0");
            String answer = connection.rest();
            assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
        }
    }
}
