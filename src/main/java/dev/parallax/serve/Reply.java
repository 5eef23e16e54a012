package dev.parallax.serve;

import dev.parallax.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer as it goes out.
///
/// @param status  of HTTP
/// @param type    the media type of the text
/// @param headers beside those of the media type and the length
record Reply(int status, String type, String text, Map<String, String> headers) {

    static final String JSON = "application/json";

    static final String PLAIN = "text/plain";

    private static final String PROBLEM = "application/problem+json";

    Reply {
        headers = Map.copyOf(headers);
    }

    /// A document.
    static Reply of(Json document) {
        return new Reply(200, JSON, document.toIndentedText(), Map.of());
    }

    /// Plain text.
    static Reply plain(int status, String text) {
        return new Reply(status, PLAIN, text + "\n", Map.of());
    }

    /// What went wrong (RFC 9457): `{type, title, status, detail}`.
    ///
    /// @param title  the reason phrase of the status
    /// @param detail one line: what is wrong, where, and how to mend it
    static Reply problem(int status, String title, String detail) {
        Json document = Json.object()
                .with("type", "about:blank")
                .with("title", title)
                .with("status", status)
                .with("detail", detail);
        return new Reply(status, PROBLEM, document.toIndentedText(), Map.of());
    }

    /// The same with one more header.
    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, type, text, more);
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
