package dev.parallax.backend.device;

import dev.parallax.io.SafeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/// The kernels' source, as the jar carries it, put together to one program.
final class KernelSource {

    private static final String FOLDER = "native/";
    private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"(.*)\"$");

    private KernelSource() {}

    /// The program for OpenCL: its prelude, then the files that `kernels.c` names, in its order. The compiler is
    /// told where each file begins, so its messages name file and line.
    static String openCl() {
        return program("prelude-opencl.h");
    }

    /// The same for CUDA, in CUDA C.
    static String cuda() {
        return program("prelude-cuda.h");
    }

    /// What a compiler says of a program that it refuses, in one line, for the end of a message.
    static String said(String log) {
        return log.isBlank()
                ? "; the compiler says nothing"
                : "; the compiler says: " + log.strip().lines().collect(Collectors.joining(" | "));
    }

    private static String program(String prelude) {
        StringBuilder program = new StringBuilder(file(prelude));
        Matcher include = INCLUDE.matcher(text("kernels.c"));
        while (include.find()) {
            program.append(file(include.group(1)));
        }
        return program.toString();
    }

    /// The program for CUDA in PTX, compiled beforehand by `native/build-ptx`.
    static String ptx() {
        try (InputStream packed = resource("kernels.ptx.gz");
                InputStream in = new GZIPInputStream(packed)) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String file(String name) {
        return "#line 1 \"" + name + "\"\n" + text(name);
    }

    private static String text(String name) {
        try (InputStream in = resource(FOLDER + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = KernelSource.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the jar lacks the kernels' file " + name);
        }
        return in;
    }

    /// A name for what depends on these texts: 32 hexadecimal digits of their SHA-256.
    static String digest(String... texts) {
        String joined = String.join("\0", texts);
        return SafeFiles.sha256(joined.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
