package dev.parallax.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that speaks TLS, with certificates that the JDK's keytool makes.
class ServiceTlsTest {

    private static final String PASSWORD = "changeit";
    private static final int PKCS1 = 26; // where a key of RSA begins in its PKCS#8

    @TempDir
    static Path folder;

    private static Pair rsa;
    private static Pair curve;

    /// A certificate with its key.
    private record Pair(X509Certificate certificate, PrivateKey key) {

        Path certificateFile(String name) throws IOException, GeneralSecurityException {
            return pem(name + "-cert.pem", "CERTIFICATE", certificate.getEncoded());
        }

        Path keyFile(String name) throws IOException {
            return pem(name + "-key.pem", "PRIVATE KEY", key.getEncoded());
        }
    }

    @BeforeAll
    static void make() throws Exception {
        rsa = make("rsa", "-keyalg", "RSA", "-validity", "36500");
        curve = make("curve", "-keyalg", "EC", "-validity", "36500");
    }

    private static Pair make(String name, String... options) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return new Pair(
                (X509Certificate) keys.getCertificate(name), (PrivateKey) keys.getKey(name, PASSWORD.toCharArray()));
    }

    private static Path pem(String file, String type, byte[] bytes) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return Files.writeString(
                folder.resolve(file), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
    }

    /// A client that trusts some certificates.
    private static SSLContext trusting(Certificate... trusted) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < trusted.length; i++) {
            store.setCertificateEntry("trusted" + i, trusted[i]);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> ask(RunningService service, SSLContext context, String path, String method)
            throws Exception {
        URI uri = URI.create("https://localhost:" + service.service().port() + path);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static X509Certificate shown(RunningService service, SSLContext context, String... protocols)
            throws IOException {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket("localhost", service.service().port())) {
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    @Test
    void tls_eachProtocolOfToday_isAnswered() throws Exception {
        for (Pair pair : List.of(rsa, curve)) {
            TlsCertificate read = TlsCertificate.read(pair.certificateFile("a"), pair.keyFile("a"));
            assertNull(read.warning());
            SSLContext context = trusting(pair.certificate());
            try (RunningService service = RunningService.over(read, limits -> limits)) {
                for (int i = 0; i < 3; i++) {
                    HttpResponse<String> answer = ask(service, context, "/healthz", "GET");
                    assertEquals("ok\n", answer.body());
                    assertEquals("TLSv1.3", answer.sslSession().orElseThrow().getProtocol());
                }
                assertEquals(404, ask(service, context, "/nothing", "POST").statusCode());
                assertEquals(pair.certificate(), shown(service, context, "TLSv1.2"));
                assertThrows(IOException.class, () -> shown(service, context, "TLSv1.1"));
                assertThrows(SSLException.class, () -> ask(service, trusting(), "/healthz", "GET"));
            }
        }
    }

    /// Neither before the handshake nor after it does a connection wait for ever, and one without TLS gets nothing.
    @Test
    void tls_clientThatWaits_isClosed() throws Exception {
        TlsCertificate read = TlsCertificate.read(rsa.certificateFile("w"), rsa.keyFile("w"));
        try (RunningService service = RunningService.over(read, limits -> limits.idle(500))) {
            try (RawConnection silent = new RawConnection(service)) {
                assertNull(silent.line());
            }
            try (RawConnection plain = new RawConnection(service)) {
                plain.head("GET /healthz", "Connection: close");
                assertFalse(answer(plain).contains("HTTP"));
            }
            try (SSLSocket socket = (SSLSocket) trusting(rsa.certificate())
                    .getSocketFactory()
                    .createSocket("localhost", service.service().port())) {
                socket.setSoTimeout(20_000);
                assertThrows(IOException.class, () -> {
                    socket.startHandshake();
                    if (socket.getInputStream().read() < 0) {
                        throw new IOException("closed");
                    }
                });
            }
        }
    }

    private static String answer(RawConnection connection) throws IOException {
        try {
            return connection.rest();
        } catch (SocketException e) {
            return ""; // the connection was reset
        }
    }

    @Test
    void tls_reload_servesTheNewCertificate() throws Exception {
        Path certificate = rsa.certificateFile("r");
        Path key = rsa.keyFile("r");
        Pair other = make("other", "-keyalg", "RSA", "-validity", "36500");
        SSLContext context = trusting(rsa.certificate(), other.certificate());
        try (RunningService service = RunningService.over(TlsCertificate.read(certificate, key), limits -> limits)) {
            assertEquals("unchanged", outcome(service, context));
            other.certificateFile("r"); // without its key
            assertEquals("kept", outcome(service, context));
            String warning = service.warnings().getLast();
            assertTrue(warning.startsWith("certificate: kept; "), warning);
            assertEquals(rsa.certificate(), shown(service, context));
            other.keyFile("r");
            assertEquals("reloaded", outcome(service, context));
            assertEquals(other.certificate(), shown(service, context));
        }
    }

    private static String outcome(RunningService service, SSLContext context) throws Exception {
        HttpResponse<String> answer = ask(service, context, "/v1/admin/reload", "POST");
        assertEquals(200, answer.statusCode(), answer.body());
        return Json.parseObject(answer.body(), "answer").object("certificate").text("outcome");
    }

    @Test
    void key_ofTheOldKind_isRead() throws Exception {
        byte[] key = rsa.key().getEncoded();
        Path old = pem("old.pem", "RSA PRIVATE KEY", Arrays.copyOfRange(key, PKCS1, key.length));
        assertTrue(TlsCertificate.read(rsa.certificateFile("o"), old)
                .isSameAs(TlsCertificate.read(rsa.certificateFile("o"), rsa.keyFile("o"))));
    }

    @Test
    void certificate_withThoseThatSignIt_isReadWhole() throws Exception {
        Path both = Files.writeString(
                folder.resolve("chain.pem"),
                "subject: localhost\n" + Files.readString(rsa.certificateFile("c"))
                        + Files.readString(curve.certificateFile("d")));
        TlsCertificate read = TlsCertificate.read(both, rsa.keyFile("c"));
        assertEquals(
                List.of(rsa.certificate(), curve.certificate()),
                read.tls().prototype().privateKeyCertChain());
    }

    @Test
    void certificate_outOfItsTime_isWarnedOf() throws Exception {
        Pair past = make("past", "-keyalg", "EC", "-startdate", "-10d", "-validity", "1");
        String warning = TlsCertificate.read(past.certificateFile("p"), past.keyFile("p"))
                .warning();
        assertNotNull(warning);
        assertTrue(warning.contains("which is not now; clients will refuse it, so renew it"), warning);
    }

    @Test
    void files_thatCannotBeUsed_areRefusedInOneLine() throws Exception {
        Path certificate = rsa.certificateFile("x");
        Path key = rsa.keyFile("x");
        Path text = Files.writeString(folder.resolve("text.pem"), "hello");
        assertRefused("holds no certificate in PEM", text, key);
        assertRefused(
                "holds no certificate in PEM",
                Files.write(folder.resolve("x.der"), rsa.key().getEncoded()),
                key);
        assertRefused("holds a certificate that is damaged", pem("bad.pem", "CERTIFICATE", new byte[9]), key);
        assertRefused("holds no private key in PEM", certificate, text);
        assertRefused("is not the key of the certificate", certificate, curve.keyFile("y"));
        assertRefused("is not the key of the certificate", certificate, pem("z.pem", "PRIVATE KEY", new byte[9]));
        assertRefused("is not the key of the certificate", certificate, pem("z.pem", "RSA PRIVATE KEY", new byte[9]));
        assertRefused(
                "the key is encrypted; decrypt it: openssl",
                certificate,
                pem("e.pem", "ENCRYPTED PRIVATE KEY", new byte[9]));
        assertRefused("no such file", certificate, folder.resolve("nothing"));
    }

    private static void assertRefused(String expected, Path certificate, Path key) {
        BadInputException refusal = assertThrows(BadInputException.class, () -> TlsCertificate.read(certificate, key));
        String message = String.valueOf(refusal.getMessage());
        assertTrue(message.contains(expected) && !message.contains("\n"), message);
    }
}
