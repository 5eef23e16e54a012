package dev.parallax.serve;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.webserver.ConnectionContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The two directions of a connection as streams of the JDK.
///
/// @param in  what comes; ends where the other side has closed
/// @param out what goes
record ConnectionStreams(InputStream in, OutputStream out) {

    static ConnectionStreams of(ConnectionContext connection) {
        return new ConnectionStreams(new In(connection.dataReader()), new Out(connection));
    }

    private static final class In extends InputStream {

        private final DataReader reader;

        In(DataReader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            try {
                reader.ensureAvailable();
                int some = Math.min(count, reader.available());
                return reader.readBuffer(some).read(into, from, some);
            } catch (DataReader.InsufficientDataAvailableException e) {
                return -1;
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static final class Out extends OutputStream {

        private final ConnectionContext connection;

        Out(ConnectionContext connection) {
            this.connection = connection;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                connection.dataWriter().writeNow(BufferData.create(bytes, from, count));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (SocketWriterException e) {
                throw new IOException(e);
            }
        }
    }
}
