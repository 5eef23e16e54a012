package dev.parallax.serve;

import java.util.List;
import java.util.regex.Pattern;

/// How messages name parts of a request to clients of HTTP, who have no command line. The packages below put such a
/// name between single guillemets, with or without a value. Forms, JSON and queries have it as it stands there:
/// "give ‹audio› or ‹text›" becomes "give audio or text".
final class PartNames {

    private static final Pattern QUOTED = Pattern.compile("‹([a-z][a-z-]*(?: [^‹›]*)?)›");

    private PartNames() {}

    /// A message with the names alone.
    static String in(String message) {
        return message.indexOf('‹') < 0 ? message : QUOTED.matcher(message).replaceAll("$1");
    }

    /// Messages with the names alone.
    static List<String> in(List<String> messages) {
        return messages.stream().map(PartNames::in).toList();
    }
}
