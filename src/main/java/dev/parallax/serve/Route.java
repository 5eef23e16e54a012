package dev.parallax.serve;

import org.jspecify.annotations.Nullable;

/// What is done for one method and path.
///
/// @param method   of HTTP
/// @param path     as the documentation writes it; `{name}` at its end stands for any one segment
/// @param access   who may ask
/// @param endpoint answers
record Route(String method, String path, Access access, Endpoint endpoint) {

    private static final String NAME = "{name}";

    /// Who may ask.
    enum Access {
        /// Everybody, also while the service drains.
        OPEN,
        /// Who bears the token, where there is one.
        TOKEN,
        /// The same, while there is a free place to compute.
        PLACE,
        /// The same, from this machine, and not from a page in a browser.
        ADMIN
    }

    /// Answers a request.
    interface Endpoint {
        Reply answer(Call call);
    }

    /// Whether it answers a method: its own, and HEAD as GET (RFC 9110, 9.3.2).
    boolean answers(String asked) {
        return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
    }

    /// The methods that it answers, as the header `Allow` has them.
    String methods() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    /// What a path has in place of `{name}`: empty for a route without one, null where it is another route's path.
    @Nullable
    String match(String asked) {
        if (!path.endsWith(NAME)) {
            return asked.equals(path) ? "" : null;
        }
        String start = path.substring(0, path.length() - NAME.length());
        String rest = asked.startsWith(start) ? asked.substring(start.length()) : "";
        return rest.isEmpty() || rest.contains("/") ? null : rest;
    }
}
