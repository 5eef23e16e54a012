package dev.parallax.transcript;

import dev.parallax.BadInputException;
import java.util.List;
import java.util.function.Consumer;

/// A format in which transcripts are written.
public sealed interface TranscriptFormat
        permits Elan, TextGrid, WebVtt, WhisperJson, WhisperTable, SubRip, Stm, Ctm, PlainText {

    /// Its name.
    String title();

    /// Whether a text is in this format, as far as its first lines tell.
    ///
    /// @param text of the whole file, without a byte order mark
    boolean begins(String text);

    /// The turns of a text, in its order, also those without words.
    ///
    /// @param where what the text is, the start of every message
    /// @param notes receives what was passed over, one line each
    /// @throws BadInputException where it is damaged, with the line
    List<SpokenTurn> read(String text, String where, Consumer<String> notes);
}
