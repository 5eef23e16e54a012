package dev.parallax.serve;

import dev.parallax.io.SafeFiles;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The page at `/`, whose files lie in `page` beside this class. It runs nothing but its own scripts, and asks nobody
/// but the service that it came from: the headers tell browsers to see to that.
final class PageFiles {

    /// The page itself.
    static final String INDEX = "index.html";

    /// All files.
    static final List<String> NAMES = List.of(
            INDEX,
            "page.css",
            "answer.css",
            "icon.svg",
            "page.js",
            "dom.js",
            "service.js",
            "sound.js",
            "wav.js",
            "microphone.js",
            "pcm.js",
            "player.js",
            "answer.js",
            "talk.js",
            "live.js");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src blob:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "Referrer-Policy",
            "no-referrer",
            "Permissions-Policy",
            "microphone=(self), camera=(), geolocation=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-cache"); // is asked for again each time, and then mostly is what it was: 304

    private final Map<String, Reply> replies = new LinkedHashMap<>();

    /// Reads all of them.
    PageFiles() {
        for (String name : NAMES) {
            String text = text(name);
            String type = TYPES.getOrDefault(name.substring(name.indexOf('.') + 1), Reply.PLAIN);
            Reply reply = new Reply(200, type, text, HEADERS);
            replies.put(name, reply.with("ETag", tag(text)));
        }
    }

    private static String tag(String text) {
        return "\"" + SafeFiles.sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, 32) + "\"";
    }

    /// A file.
    ///
    /// @param known the header `If-None-Match`: the tag of the version that the browser has, or null
    /// @throws HttpException 404 where there is none of that name
    Reply reply(String name, @Nullable String known) {
        Reply reply = replies.get(name);
        if (reply == null) {
            throw new HttpException("the page has no such file; it begins at /", Status.NOT_FOUND_404);
        }
        boolean isKnown = known != null && known.contains(reply.headers().getOrDefault("ETag", ""));
        return isKnown ? new Reply(304, reply.type(), "", reply.headers()) : reply;
    }

    private static String text(String name) {
        try (InputStream in = PageFiles.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/serve/page/" + name + "; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
