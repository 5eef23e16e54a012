package dev.parallax.audio.file;

import dev.parallax.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Tags of titles and pictures around a recording, which are skipped: ID3v2 before it, ID3v1 and APE behind it.
/// Sources: id3.org, "ID3 tag version 2.4.0", 2000, and "ID3v1"; APEv2 as Monkey's Audio writes it.
final class Id3 {

    private static final int HEADER_BYTES = 10;
    private static final int V1_BYTES = 128;
    private static final int APE_FOOTER_BYTES = 32;

    private Id3() {}

    /// The first byte after all ID3v2 tags at the beginning, 0 where there is none. Their lengths are four bytes of
    /// seven bits.
    ///
    /// @throws BadInputException when a tag is longer than the file
    static long end(ByteSource source, String name) throws IOException {
        long at = 0;
        while (at + HEADER_BYTES <= source.size()) {
            ByteBuffer head = ChunkBytes.read(source, at, HEADER_BYTES);
            if (head.get(0) != 'I' || head.get(1) != 'D' || head.get(2) != '3') {
                break;
            }
            long length = (head.get(6) & 0x7FL) << 21
                    | (head.get(7) & 0x7FL) << 14
                    | (head.get(8) & 0x7FL) << 7
                    | (head.get(9) & 0x7FL);
            boolean footer = (head.get(5) & 0x10) != 0;
            at += HEADER_BYTES + length + (footer ? HEADER_BYTES : 0);
            if (at > source.size()) {
                throw new BadInputException(name + ": truncated: its ID3 tag declares " + length + " bytes, "
                        + source.size() + " are there in all; copy or download it again");
            }
        }
        return at;
    }

    /// The byte at which tags at the end of the file begin, its size where there is none.
    static long beginAtEnd(ByteSource source) throws IOException {
        long end = source.size();
        if (end >= V1_BYTES) {
            ByteBuffer tag = ChunkBytes.read(source, end - V1_BYTES, 3);
            if (tag.get(0) == 'T' && tag.get(1) == 'A' && tag.get(2) == 'G') {
                end -= V1_BYTES;
            }
        }
        if (end >= APE_FOOTER_BYTES) {
            ByteBuffer tag = ChunkBytes.read(source, end - APE_FOOTER_BYTES, APE_FOOTER_BYTES);
            if (ChunkBytes.id(tag, 0).equals("APET") && ChunkBytes.id(tag, 4).equals("AGEX")) {
                long length = Integer.reverseBytes(tag.getInt(12)) & 0xFFFFFFFFL;
                boolean header = (tag.get(23) & 0x80) != 0;
                end = Math.max(0, end - length - (header ? APE_FOOTER_BYTES : 0));
            }
        }
        return end;
    }
}
