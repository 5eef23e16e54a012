package dev.parallax.serve;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataListener;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.LazyString;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads what arrives on a connection, and begins anew wherever all of it has been read.
///
/// Helidon's own reader chains the blocks that arrive, each referring to the next, for as long as the connection lives.
/// Once a collector has moved one of them to the old objects, all that follow are kept too, read or not, until the
/// whole heap is collected, and a service with many connections spends its time on collections. Here a chain ends where
/// nothing is left to read, which is mostly at the end of each block.
final class FreshReader extends DataReader {

    private final Supplier<byte[]> blocks;
    private DataReader chain;
    private @Nullable Runnable listening; // sets the listener of a new chain

    /// @param begun  with what has already arrived
    /// @param blocks what arrives next; null at the end
    @SuppressWarnings("removal") // Helidon 4.5 has no other way to a reader of one's own
    FreshReader(DataReader begun, Supplier<byte[]> blocks) {
        super(blocks, false);
        this.chain = begun;
        this.blocks = blocks;
    }

    /// The one that has what is left.
    DataReader chain() {
        if (chain.available() == 0) {
            chain = DataReader.create(blocks, false);
            if (listening != null) {
                listening.run();
            }
        }
        return chain;
    }

    @Override
    public int available() {
        return chain.available();
    }

    @Override
    public void pullData() {
        chain().pullData();
    }

    @Override
    public void skip(int count) {
        for (int left = count; left > 0; ) {
            ensureAvailable();
            int some = Math.min(left, available());
            chain.skip(some);
            left -= some;
        }
    }

    @Override
    public void ensureAvailable() {
        chain().ensureAvailable();
    }

    @Override
    public byte read() {
        return chain().read();
    }

    @Override
    public byte lookup() {
        return chain().lookup();
    }

    @Override
    public boolean startsWithNewLine() {
        return chain().startsWithNewLine();
    }

    @Override
    public boolean startsWith(byte[] prefix) {
        return chain().startsWith(prefix);
    }

    @Override
    public BufferData readBuffer() {
        return chain().readBuffer();
    }

    @Override
    public BufferData readBuffer(int count) {
        return chain().readBuffer(count);
    }

    @Override
    public BufferData getBuffer(int count) {
        return chain().getBuffer(count);
    }

    @Override
    public LazyString readLazyString(Charset charset, int count) {
        return chain().readLazyString(charset, count);
    }

    @Override
    public String readAsciiString(int count) {
        return chain().readAsciiString(count);
    }

    @Override
    public byte[] readBytes(int count) {
        return chain().readBytes(count);
    }

    @Override
    public String readLine() throws IncorrectNewLineException {
        return chain().readLine();
    }

    @Override
    public int findOrNewLine(byte searched, int most) throws IncorrectNewLineException {
        return chain().findOrNewLine(searched, most);
    }

    @Override
    public String debugDataHex() {
        return chain.debugDataHex();
    }

    @Override
    public int findNewLine(int most) throws IncorrectNewLineException {
        return chain().findNewLine(most);
    }

    @Override
    public <T> void listener(DataListener<T> listener, T context) {
        listening = () -> chain.listener(listener, context);
        listening.run();
    }
}
