package org.corral.containerizer.external.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static final Calls.Wait WAIT = Calls.Wait.newBuilder()
            .setContainerId(Mesos.ContainerID.newBuilder().setValue("web"))
            .build();

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    /** A pipe gives what is in it, which may be a byte. */
    private static InputStream byteByByte(byte[] bytes) {
        List<InputStream> streams = new ArrayList<>();
        for (byte one : bytes) {
            streams.add(new ByteArrayInputStream(new byte[] {one}));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    @Test
    void of_message_isLengthInHostOrderAndContent() {
        assertThat(Frame.of(WAIT)).isEqualTo(joined(word(7), new byte[] {10, 5, 10, 3}, "web".getBytes(UTF_8)));
    }

    @Test
    void parse_frame_isTheMessage() throws Exception {
        assertThat(Frame.parse(Frame.of(WAIT), Calls.Wait.parser())).isEqualTo(WAIT);
    }

    @Test
    void parse_syncWordInFront_skipped() throws Exception {
        assertThat(Frame.parse(joined(word(0), Frame.of(WAIT)), Calls.Wait.parser()))
                .isEqualTo(WAIT);
    }

    @Test
    void parse_emptyMessage_withAndWithoutSyncWord() throws Exception {
        assertThat(Frame.parse(word(0), Calls.Containers.parser()).getContainersCount())
                .isZero();
        assertThat(Frame.parse(joined(word(0), word(0)), Calls.Containers.parser())
                        .getContainersCount())
                .isZero();
    }

    @Test
    void parse_moreBehindIt_ignored() throws Exception {
        assertThat(Frame.parse(joined(Frame.of(WAIT), "bye".getBytes(UTF_8)), Calls.Wait.parser()))
                .isEqualTo(WAIT);
    }

    @Test
    void parse_unknownFields_kept() throws Exception {
        Calls.Launch launch = Calls.Launch.newBuilder()
                .setContainerId(WAIT.getContainerId())
                .setSlavePid("slave(1)@host")
                .build();
        Calls.Wait asWait = Frame.parse(Frame.of(launch), Calls.Wait.parser());

        assertThat(Frame.parse(Frame.of(asWait), Calls.Launch.parser())).isEqualTo(launch);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void parse_noWholeLength_saysSo(int bytes) {
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> Frame.parse(new byte[bytes], Calls.Wait.parser()))
                .withMessageContaining("after " + bytes + " bytes");
    }

    @Test
    void parse_cutOff_saysHowMuchCame() {
        byte[] frame = Frame.of(WAIT);
        assertThatExceptionOfType(EOFException.class)
                .isThrownBy(() -> Frame.parse(Arrays.copyOf(frame, frame.length - 2), Calls.Wait.parser()))
                .withMessageContaining("a message of 7 bytes after 5");
    }

    @Test
    void parse_text_lengthIsRefused() {
        assertThatThrownBy(() -> Frame.parse("Traceback (most recent call last)".getBytes(UTF_8), Calls.Wait.parser()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in the place of its length");
    }

    @Test
    void parse_hugeAndNegativeLength_refused() {
        for (int length : new int[] {Frame.LARGEST_MESSAGE + 1, -1, Integer.MIN_VALUE}) {
            assertThatThrownBy(() -> Frame.parse(word(length), Calls.Wait.parser()))
                    .hasMessageContaining(Integer.toUnsignedString(length));
        }
    }

    @Test
    void parse_largestLength_isOnlyCutOff() {
        assertThatThrownBy(() -> Frame.parse(word(Frame.LARGEST_MESSAGE), Calls.Wait.parser()))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("a message of " + Frame.LARGEST_MESSAGE + " bytes after 0");
    }

    @Test
    void parse_garbageOfTheRightLength_saysWhat() {
        byte[] garbage = new byte[10];
        Arrays.fill(garbage, (byte) 0xff);
        assertThatThrownBy(() -> Frame.parse(joined(word(10), garbage), Calls.Wait.parser()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("10 bytes that are no such message");
    }

    @Test
    void parse_requiredFieldMissing_named() {
        assertThatThrownBy(() -> Frame.parse(word(0), Calls.Wait.parser())).hasMessageContaining("container_id");
    }

    @Test
    void read_shortReads_putTogether() throws Exception {
        assertThat(Frame.read(byteByByte(Frame.of(WAIT)), Calls.Wait.parser())).isEqualTo(WAIT);
    }

    @Test
    void read_twoFrames_oneAfterTheOther() throws Exception {
        InputStream in = new ByteArrayInputStream(joined(Frame.of(WAIT), Frame.of(WAIT)));

        assertThat(Frame.read(in, Calls.Wait.parser())).isEqualTo(WAIT);
        assertThat(Frame.read(in, Calls.Wait.parser())).isEqualTo(WAIT);
        assertThat(in.read()).isEqualTo(-1);
    }

    @Test
    void read_endWithin_saysSo() {
        byte[] frame = Frame.of(WAIT);
        for (int length : new int[] {0, 2, frame.length - 1}) {
            assertThatExceptionOfType(EOFException.class)
                    .isThrownBy(() ->
                            Frame.read(new ByteArrayInputStream(Arrays.copyOf(frame, length)), Calls.Wait.parser()));
        }
    }

    @Test
    void read_hugeLength_refusedBeforeItIsTaken() {
        assertThatThrownBy(() -> Frame.read(new ByteArrayInputStream(word(Integer.MAX_VALUE)), Calls.Wait.parser()))
                .hasMessageContaining("2147483647");
    }
}
