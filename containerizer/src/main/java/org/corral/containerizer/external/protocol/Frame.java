package org.corral.containerizer.external.protocol;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One message behind its length, a {@code uint32} in the byte order of the host.
 *
 * <p>A Mesos agent writes a word of zeros into the program's standard output, between fork and exec, and takes it out again
 * before it reads. A program has nothing to do with it; but one that writes such a word itself is understood too: zeros in
 * front of more bytes are skipped. Zeros alone are a message without fields.
 */
public final class Frame {

    /** More than any message needs; text taken for a length is more than this. */
    public static final int LARGEST_MESSAGE = 8 << 20;

    /** The most bytes that {@link #parse} needs: the zeros, the length and the message. */
    public static final int LARGEST = LARGEST_MESSAGE + 2 * Integer.BYTES;

    private Frame() {}

    /** {@return a message behind its length} */
    public static byte[] of(MessageLite message) {
        byte[] content = message.toByteArray();
        return ByteBuffer.allocate(Integer.BYTES + content.length)
                .order(ByteOrder.nativeOrder())
                .putInt(content.length)
                .put(content)
                .array();
    }

    /**
     * Finds the message in all that a program wrote. What comes behind it is ignored, as Mesos does.
     *
     * @throws IOException if it is cut off or is no such message
     */
    public static <T extends MessageLite> T parse(byte[] bytes, Parser<T> parser) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        int length = length(in);
        if (length == 0 && in.remaining() >= Integer.BYTES) {
            length = length(in);
        }
        if (length > in.remaining()) {
            throw cutOff("a message of " + length + " bytes after " + in.remaining());
        }
        return message(Arrays.copyOfRange(bytes, in.position(), in.position() + length), parser);
    }

    private static int length(ByteBuffer in) throws IOException {
        if (in.remaining() < Integer.BYTES) {
            throw cutOff("the length of a message after " + in.remaining() + " bytes");
        }
        return checked(in.getInt());
    }

    /**
     * Reads one message from a stream, and not further.
     *
     * @throws EOFException if the stream ends before the message does
     * @throws IOException if there is no such message, or the stream cannot be read
     */
    public static <T extends MessageLite> T read(InputStream in, Parser<T> parser) throws IOException {
        int length = checked(ByteBuffer.wrap(take(in, Integer.BYTES))
                .order(ByteOrder.nativeOrder())
                .getInt());
        return message(take(in, length), parser);
    }

    private static byte[] take(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw cutOff(count + " bytes after " + bytes.length);
        }
        return bytes;
    }

    private static int checked(int length) throws IOException {
        if (length < 0 || length > LARGEST_MESSAGE) {
            throw new IOException("there is no message but, in the place of its length, "
                    + Integer.toUnsignedLong(length)
                    + ": write the length as 4 bytes in the byte order of the host, at most "
                    + LARGEST_MESSAGE);
        }
        return length;
    }

    private static <T extends MessageLite> T message(byte[] content, Parser<T> parser) throws IOException {
        try {
            return parser.parseFrom(content);
        } catch (InvalidProtocolBufferException e) {
            throw new IOException(
                    "there are " + content.length + " bytes that are no such message: " + e.getMessage(), e);
        }
    }

    private static EOFException cutOff(String what) {
        return new EOFException("the stream ended within " + what);
    }
}
