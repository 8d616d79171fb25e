package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.corral.linux.errno.Errno;
import org.corral.linux.raw.BufferCalls;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTextTest {

    @Test
    void read_file_endsWithANewlineBehindIt() {
        KernelText text = Texts.read("12\n345");

        assertThat(text.length()).isEqualTo(6);
        assertThat(text.lineEnd(0)).isEqualTo(2);
        assertThat(text.lineEnd(3)).isEqualTo(6);
        assertThat(text.at(6)).isEqualTo((byte) '\n');
    }

    @Test
    void read_longerThanThereIsRoom_growsOnceAndForGood() {
        Texts file = new Texts("x".repeat(4095) + "\n" + "7");
        KernelText text = new KernelText();

        assertThat(text.read(file, 0)).isZero();
        assertThat(file.reads).isEqualTo(2);
        assertThat(text.length()).isEqualTo(4097);
        assertThat(text.number(text.lineEnd(0) + 1)).isEqualTo(7);
        text.read(file, 0);
        assertThat(file.reads).isEqualTo(3);
    }

    @Test
    void read_exactlyAsLongAsThereIsRoom_isReadAgainToSeeItsEnd() {
        Texts file = new Texts("x".repeat(4096));

        assertThat(new KernelText().read(file, 0)).isZero();
        assertThat(file.reads).isEqualTo(2);
    }

    @Test
    void read_kernelRefuses_isItsErrno() {
        BufferCalls calls =
                new FakeKernel().on("readInto", call -> -Errno.ENODEV.number()).calls(BufferCalls.class);

        assertThat(new KernelText().read(calls, 0)).isEqualTo(Errno.ENODEV.number());
    }

    @Test
    void read_shorterThanTheFileBefore_showsNothingOfThat() {
        KernelText text = new KernelText();
        text.read(new Texts("123456789\n123456789\n"), 0);
        text.read(new Texts("1"), 0);

        assertThat(text.number(0)).isEqualTo(1);
        assertThat(text.end()).isEqualTo(1);
        assertThat(text.lineEnd(0)).isEqualTo(1);
    }

    @Test
    void read_emptyAfterAnother_hasNothing() {
        KernelText text = new KernelText();
        text.read(new Texts("12"), 0);

        assertThat(text.read(new Texts(""), 0)).isZero();
        assertThat(text.length()).isZero();
    }

    @Test
    void lineEnd_atEachPlaceInAWord_isFound() {
        for (int length = 0; length < 40; length++) {
            assertThat(Texts.read("a".repeat(length) + "\nb\n").lineEnd(0)).isEqualTo(length);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7, 7",
        "00012, 12",
        "999999999999999999, 999999999999999999",
        "9223372036854775806, 9223372036854775806",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551615, 9223372036854775807",
        "99999999999999999999999999, 9223372036854775807",
        "12x, 12",
        "max, -1",
        "-1, -1",
        "'', -1"
    })
    void number_digits_areItsValue(String digits, long value) {
        assertThat(Texts.read(digits).number(0)).isEqualTo(value);
    }

    @Test
    void deviceEnd_device_isBehindItsNumbers() {
        assertThat(Texts.read("259:10 Read 1").deviceEnd(0)).isEqualTo(6);
        assertThat(Texts.read("Total 1").deviceEnd(0)).isZero();
        assertThat(Texts.read("8 Read 1").deviceEnd(0)).isZero();
        assertThat(Texts.read("8: Read 1").deviceEnd(0)).isZero();
    }

    @Test
    void plus_tooLarge_isTheLargest() {
        assertThat(KernelText.plus(1, 2)).isEqualTo(3);
        assertThat(KernelText.plus(Long.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    }
}
