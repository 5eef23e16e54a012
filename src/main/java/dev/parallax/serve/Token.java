package dev.parallax.serve;

import dev.parallax.BadInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// The bearer token of a service (RFC 6750): requests have the header `Authorization: Bearer TOKEN`.
public final class Token {

    private static final int LEAST = 16; // characters
    private static final String SCHEME = "Bearer ";

    private final byte[] secret;

    private Token(byte[] secret) {
        this.secret = secret;
    }

    /// A token of at least 16 visible ASCII characters.
    ///
    /// @param where where it comes from, the start of messages, which do not repeat it
    public static Token of(String secret, String where) {
        String token = secret.strip();
        if (token.length() < LEAST || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new BadInputException(where + ": a token has at least " + LEAST
                    + " characters, all of them visible ASCII; make one: openssl rand -hex 32");
        }
        return new Token(token.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whether the value of the header `Authorization` bears it. The time does not depend on where they differ.
    boolean isBorneBy(@Nullable String authorization) {
        String value = authorization == null ? "" : authorization;
        boolean isBearer = value.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        String given = isBearer ? value.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
    }
}
