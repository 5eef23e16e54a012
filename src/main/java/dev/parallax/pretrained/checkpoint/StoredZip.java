package dev.parallax.pretrained.checkpoint;

import dev.parallax.BadInputException;
import dev.parallax.io.Utf8;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The entries of a zip archive that stores them uncompressed, as `torch.save` does, so that each is a
/// piece of the file. Where they are says the central directory at the end, for archives over 4 GiB with
/// the numbers of zip64. Each local header must agree with it, and entries must not overlap. Checksums
/// are not compared: PyTorch can be told to write none.
///
/// Source of the format: PKWARE, APPNOTE.TXT, sections 4.3 and 4.5.3.
final class StoredZip {

    private static final long LOCAL = 0x04034B50;
    private static final long CENTRAL = 0x02014B50;
    private static final long END = 0x06054B50;
    private static final long END_64 = 0x06064B50;
    private static final long LOCATOR_64 = 0x07064B50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int END_64_BYTES = 56;
    private static final int CENTRAL_BYTES = 46;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final long MAX_DIRECTORY = 64L << 20; // bytes
    private static final int IN_ZIP64 = 0xFFFF;
    private static final long IN_ZIP64_LONG = 0xFFFFFFFFL;
    private static final int ENCRYPTED = 1;
    private static final int ZIP64_EXTRA = 1;

    private final ByteCursor in;
    private final MemorySegment file;
    private final String where;

    /// The central directory: its first byte, its length and its number of entries.
    private record Directory(long begin, long length, long count) {}

    /// An entry: where its local header begins, and its data's first and one-past-last byte.
    private record Entry(String name, long header, long begin, long end) {}

    private StoredZip(MemorySegment file, String where) {
        this.in = new ByteCursor(file, where);
        this.file = file;
        this.where = where;
    }

    /// Whether a file begins like a zip archive.
    static boolean isZip(MemorySegment file) {
        return file.byteSize() >= END_BYTES && new ByteCursor(file, "").unsigned32() == LOCAL;
    }

    /// The bytes of all entries by their names, in the order of the directory.
    ///
    /// @throws BadInputException if it is no such archive, cut off, compressed, encrypted, or
    ///     contradicts itself
    static Map<String, MemorySegment> entries(MemorySegment file, String where) {
        return new StoredZip(file, where).entries();
    }

    private Map<String, MemorySegment> entries() {
        Directory directory = directory();
        if (directory.length > MAX_DIRECTORY || directory.count > directory.length / CENTRAL_BYTES) {
            throw damaged("its directory would have " + directory.count + " entries in " + directory.length + " bytes");
        }
        List<Entry> entries = new ArrayList<>();
        in.moveTo(directory.begin);
        for (long i = 0; i < directory.count; i++) {
            entries.add(entry(directory));
        }
        if (in.position() != directory.begin + directory.length) {
            throw damaged("its directory has another length than it says");
        }
        checkOverlap(entries);
        Map<String, MemorySegment> slices = new LinkedHashMap<>();
        for (Entry entry : entries) {
            MemorySegment data = file.asSlice(entry.begin, entry.end - entry.begin);
            if (slices.put(entry.name, data) != null) {
                throw damaged("entry " + Quoted.of(entry.name) + " occurs twice");
            }
        }
        return Collections.unmodifiableMap(slices);
    }

    // ---- the end of the archive ----

    private Directory directory() {
        long end = end();
        in.moveTo(end + 4);
        int disk = in.unsigned16();
        int firstDisk = in.unsigned16();
        int here = in.unsigned16();
        int count = in.unsigned16();
        long length = in.unsigned32();
        long begin = in.unsigned32();
        if (end >= LOCATOR_BYTES + END_64_BYTES) {
            in.moveTo(end - LOCATOR_BYTES);
            if (in.unsigned32() == LOCATOR_64) {
                return directory64(end - LOCATOR_BYTES);
            }
        }
        if (disk != 0 || firstDisk != 0 || here != count || count == IN_ZIP64 || begin == IN_ZIP64_LONG) {
            throw damaged("its end does not say where its directory is");
        }
        return inFile(new Directory(begin, length, count), end);
    }

    /// Where the last record is: it ends the file, behind it is only its comment.
    private long end() {
        long last = file.byteSize() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            in.moveTo(at);
            if (in.unsigned32() == END) {
                in.moveTo(at + END_BYTES - 2);
                if (in.unsigned16() == last - at) {
                    return at;
                }
            }
        }
        throw damaged("its directory is missing");
    }

    private Directory directory64(long locator) {
        in.moveTo(locator + 8);
        long record = in.signed64();
        if (record < 0 || record > locator - END_64_BYTES) {
            throw damaged("its zip64 end is not before its end");
        }
        in.moveTo(record);
        if (in.unsigned32() != END_64) {
            throw damaged("its zip64 end is not where it says");
        }
        in.moveTo(record + 24);
        long here = in.signed64();
        long count = in.signed64();
        long length = in.signed64();
        long begin = in.signed64();
        if (here != count) {
            throw damaged("its zip64 end does not say where its directory is");
        }
        return inFile(new Directory(begin, length, count), record);
    }

    private Directory inFile(Directory directory, long end) {
        if (directory.begin < 0 || directory.length < 0 || directory.begin > end - directory.length) {
            throw damaged("its directory would be " + Long.toUnsignedString(directory.length) + " bytes from byte "
                    + Long.toUnsignedString(directory.begin) + " on");
        }
        return directory;
    }

    // ---- entries ----

    /// The entry of the directory at the cursor, which moves behind it.
    private Entry entry(Directory directory) {
        if (in.unsigned32() != CENTRAL) {
            throw damaged("its directory has no entry at byte " + (in.position() - 4));
        }
        in.skip(4);
        int flags = in.unsigned16();
        int method = in.unsigned16();
        in.skip(8);
        long packed = in.unsigned32();
        long size = in.unsigned32();
        int nameLength = in.unsigned16();
        int extraLength = in.unsigned16();
        int commentLength = in.unsigned16();
        in.skip(8);
        long header = in.unsigned32();
        String name = in.text(nameLength);
        long extraEnd = in.position() + extraLength;
        // three numbers that did not fit 32 bits are in the extra field, in this order
        if (size == IN_ZIP64_LONG || packed == IN_ZIP64_LONG || header == IN_ZIP64_LONG) {
            moveToZip64(extraEnd, name);
            size = size == IN_ZIP64_LONG ? in.signed64() : size;
            packed = packed == IN_ZIP64_LONG ? in.signed64() : packed;
            header = header == IN_ZIP64_LONG ? in.signed64() : header;
            if (in.position() > extraEnd) {
                throw damaged("entry " + Quoted.of(name) + " has no zip64 numbers");
            }
        }
        in.moveTo(extraEnd);
        in.skip(commentLength);
        if ((flags & ENCRYPTED) != 0) {
            throw damaged("entry " + Quoted.of(name) + " is encrypted");
        }
        if (method != 0 || packed != size) {
            throw new BadInputException(where + ": entry " + Quoted.of(name)
                    + " is compressed; expected a file as torch.save writes it, whose entries are stored");
        }
        return located(name, header, size, directory.begin);
    }

    private void moveToZip64(long extraEnd, String name) {
        while (in.position() + 4 <= extraEnd) {
            int id = in.unsigned16();
            int length = in.unsigned16();
            if (id == ZIP64_EXTRA) {
                return;
            }
            in.skip(length);
        }
        throw damaged("entry " + Quoted.of(name) + " has no zip64 numbers");
    }

    /// Finds an entry's data behind its local header, whose name must be the same.
    private Entry located(String name, long header, long size, long directory) {
        long next = in.position();
        in.moveTo(header);
        if (in.unsigned32() != LOCAL) {
            throw damaged("entry " + Quoted.of(name) + " is not at byte " + header);
        }
        in.skip(22);
        int nameLength = in.unsigned16();
        int extraLength = in.unsigned16();
        String here = Utf8.decode(in.bytes(nameLength), where);
        in.skip(extraLength);
        long begin = in.position();
        if (!here.equals(name) || size < 0 || size > directory - begin) {
            throw damaged("entry " + Quoted.of(name) + " at byte " + header + " has another name or length there");
        }
        in.moveTo(next);
        return new Entry(name, header, begin, begin + size);
    }

    private void checkOverlap(List<Entry> entries) {
        List<Entry> byPlace = new ArrayList<>(entries);
        byPlace.sort(Comparator.comparingLong(Entry::header));
        long end = 0;
        for (Entry entry : byPlace) {
            if (entry.header < end) {
                throw damaged("entry " + Quoted.of(entry.name) + " overlaps another one");
            }
            end = entry.end;
        }
    }

    private BadInputException damaged(String why) {
        return new BadInputException(where + ": as a zip archive it is damaged or cut off: " + why + "; copy it again");
    }
}
