package dev.parallax.serve;

import dev.parallax.BadInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where and for whom a service answers.
///
/// @param host    a name or an address of this machine; only this machine reaches `127.0.0.1` and `localhost`
/// @param port    0 for any that is free
/// @param threads that compute
/// @param token   which requests must bear, or null; another address than a loopback one needs one
/// @param tls     with which TLS is spoken, or null for plain HTTP
/// @param origins of pages that may read answers in a browser, such as `https://example.org`
/// @param streams what streams may take beside that
public record ServiceConfig(
        String host,
        int port,
        int threads,
        @Nullable Token token,
        @Nullable TlsCertificate tls,
        List<String> origins,
        ServiceLimits limits,
        StreamLimits streams) {

    private static final int MOST_PORT = 65535;
    private static final Pattern ORIGIN =
            Pattern.compile("[a-z][a-z0-9+.-]*://(?:[a-z0-9._-]+|\\[[0-9a-f:.]+])(?::\\d{1,5})?");

    public ServiceConfig {
        origins = List.copyOf(origins);
        if (port < 0 || port > MOST_PORT) {
            throw new BadInputException("serve: ‹port " + port + "› must be from 0 to " + MOST_PORT);
        }
        for (String origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new BadInputException("serve: ‹cors " + origin + "› is no origin of pages as browsers send it;"
                        + " write its scheme, its host in small letters and its port, but no path:"
                        + " https://example.org or http://localhost:3000");
            }
        }
        if (token == null && !address(host).isLoopbackAddress()) {
            throw new BadInputException("serve: ‹host " + host + "› is reached from other machines, so requests must"
                    + " bear a token: give ‹token-file FILE›, or set PARALLAX_TOKEN");
        }
    }

    /// The address that is listened at.
    InetAddress address() {
        return address(host);
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new BadInputException(
                    "serve: ‹host " + host + "› is no address of this machine; write 127.0.0.1 or 0.0.0.0", e);
        }
    }
}
