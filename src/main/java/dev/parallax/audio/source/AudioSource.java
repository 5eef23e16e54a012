package dev.parallax.audio.source;

import dev.parallax.audio.Audio;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the sound of an utterance comes from: a file, a part of one, or a generator. Nothing is read before it is
/// asked for, so a corpus may be larger than memory.
public interface AudioSource {

    /// Reads or makes the sound.
    ///
    /// @throws dev.parallax.BadInputException when the file is not what it says
    Audio read();

    /// The sound in equal windows, as few as are needed for none to be longer than `seconds`: itself where it is
    /// not longer. Generators make short sounds, and always return themselves.
    ///
    /// @throws dev.parallax.BadInputException when the file is not what it says
    default List<AudioSource> windows(double seconds) {
        return List.of(this);
    }

    /// What identifies the content: SHA-256 of the file, or of the generator's version and parameters, in hex.
    String contentHash();

    /// What identifies the decoded samples for a cache: the content, and the program that decodes it, if that is
    /// another one, since its versions differ.
    default String decodingHash() {
        return contentHash();
    }

    /// What identifies the sound itself, whatever file holds it: SHA-256 of the decoded samples and their rate, in
    /// hex (see [dev.parallax.audio.source.SoundFacts#hash]). Of a generator it is the content.
    default String soundHash() {
        return contentHash();
    }

    /// The program that decodes it, such as `ffmpeg 5.1.9`, or null where it is decoded here.
    default @Nullable String decoder() {
        return null;
    }

    /// For messages: the path, or the parameters of the generator.
    String description();
}
