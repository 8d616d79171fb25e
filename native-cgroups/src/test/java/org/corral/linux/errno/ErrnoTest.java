package org.corral.linux.errno;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrnoTest {

    @ParameterizedTest
    @CsvSource({
        "ENOENT, 2, GONE",
        "ESRCH, 3, GONE",
        "ENODEV, 19, GONE",
        "ENOSYS, 38, UNSUPPORTED",
        "EOPNOTSUPP, 95, UNSUPPORTED",
        "ENOTSUPP, 524, UNSUPPORTED",
        "EPERM, 1, NOT_ALLOWED",
        "EACCES, 13, NOT_ALLOWED",
        "EROFS, 30, NOT_ALLOWED",
        "EBUSY, 16, BUSY",
        "EINVAL, 22, OTHER",
        "EMFILE, 24, OTHER",
        "EPIPE, 32, OTHER",
    })
    void kind_ofKnownError_isWhatCallersTellApart(String name, int number, FailureKind kind) {
        Errno errno = new Errno(number);
        assertThat(errno.kind()).isEqualTo(kind);
        assertThat(errno.toString()).startsWith(name + " ");
    }

    @Test
    void kind_ofEveryOtherNumber_isOther() {
        assertThat(IntStream.rangeClosed(1, 4095).mapToObj(Errno::new))
                .filteredOn(errno -> errno.kind() != FailureKind.OTHER)
                .extracting(Errno::number)
                .containsExactly(1, 2, 3, 13, 16, 19, 30, 38, 95, 524);
    }

    @Test
    void constants_all_haveNameAndText() throws IllegalAccessException {
        for (var field : Errno.class.getFields()) {
            assertThat(String.valueOf(field.get(null)))
                    .as(field.getName())
                    .startsWith(field.getName() + " ")
                    .hasSizeGreaterThan(field.getName().length() + 5);
        }
    }

    @Test
    void toString_unknownNumber_showsIt() {
        assertThat(new Errno(4000)).hasToString("errno 4000");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void constructor_noError_refused(int number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Errno(number))
                .withMessageContaining("errno " + number);
    }
}
