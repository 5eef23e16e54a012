package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.util.function.Consumer;

/// What a file turns out to hold: samples, or a recording whose samples are not decoded here.
sealed interface FileContent permits SampleSource, Undecoded {

    /// Opens what the first bytes say it is.
    ///
    /// @param name     the file, for messages
    /// @param warnings receives, one line each, what was assumed about the file, and what makes it a poor one
    /// @throws dev.parallax.BadInputException when it is no recording, or is not what it says
    static FileContent open(ByteSource source, String name, Consumer<String> warnings) throws IOException {
        if (source.size() == 0) {
            throw new BadInputException(name + ": empty, 0 bytes; copy or download it again");
        }
        long start = Id3.end(source, name);
        ByteSource untagged = source.from(start);
        FileContent content = switch (FileKind.ofStart(untagged)) {
            case WAV -> WavHeader.open(untagged, name, warnings);
            case WAVE64 -> Wave64Header.open(untagged, name, warnings);
            case AIFF -> AiffHeader.open(untagged, name, warnings);
            case AU -> AuHeader.open(untagged, name, warnings);
            case FLAC -> new FlacFile(untagged, name, warnings);
            case OTHER ->
                new Undecoded("looks like " + FileKind.other(untagged, start > 0, name) + ", which is not read");
        };
        if (content instanceof SampleSource samples && samples.isCoarse()) {
            warnings.accept(
                    name + ": has samples of 8 bits, whose rounding is louder than the pauses of most recordings, and"
                            + " changes their features; give it with 16 bits, if it exists so");
        }
        return content;
    }

    /// Whether a recording is decoded here, according to its header; FLAC is, and is not indexed for it.
    static boolean isDecodedHere(ByteSource source, String name) throws IOException {
        FileKind kind = FileKind.ofStart(source.from(Id3.end(source, name)));
        return kind == FileKind.FLAC || (kind != FileKind.OTHER && open(source, name, _ -> {}) instanceof SampleSource);
    }
}
