package dev.parallax.serve;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A connection over which a test sends what no client would: a fixture.
final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader reader;

    RawConnection(RunningService service) throws IOException {
        this(service, InetAddress.getLoopbackAddress());
    }

    RawConnection(RunningService service, InetAddress address) throws IOException {
        socket = new Socket(address, service.service().port());
        socket.setSoTimeout(20_000); // a test that would wait for ever fails
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Waits so long for bytes, in milliseconds; reading fails after that.
    RawConnection patience(int most) throws IOException {
        socket.setSoTimeout(most);
        return this;
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /// Sends one byte after the other, each after a moment, until there is an answer: its first line.
    @Nullable
    String trickleUntilAnswered() throws IOException {
        while (!reader.ready()) {
            send(" ");
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
        return reader.readLine();
    }

    /// Sends the first lines of a request.
    ///
    /// @param first   its method and path
    /// @param headers beside that of the host
    RawConnection head(String first, String... headers) throws IOException {
        String own = first + " HTTP/1.1\r\nHost: localhost\r\n";
        return send(own + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n");
    }

    /// Sends the headers of a request for a prediction whose body comes later, and waits until the service asks for
    /// it: from then on the request has a place.
    RawConnection begin(int length) throws IOException {
        head("POST /v1/predict", "Content-Type: application/json", "Content-Length: " + length, "Expect: 100-continue");
        String line = reader.readLine();
        if (!"HTTP/1.1 100 Continue".equals(line)) {
            throw new IOException("expected 100 Continue, got " + line);
        }
        reader.readLine();
        return this;
    }

    /// The next line, or null where the service has closed the connection.
    @Nullable
    String line() throws IOException {
        return reader.readLine();
    }

    /// All lines until the service closes the connection.
    String rest() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            all.append(line).append('\n');
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
