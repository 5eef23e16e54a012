package dev.parallax.pretrained.checkpoint;

import dev.parallax.io.Printable;

/// Names from files as messages show them: in quotes, on one line, not endless.
final class Quoted {

    private static final int LONGEST = 120; // characters

    private Quoted() {}

    static String of(String name) {
        return '"' + plain(name) + '"';
    }

    static String plain(String name) {
        return Printable.escaped(name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "...");
    }
}
