package org.corral.linux.errno;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class ErrnoExceptionTest {

    private final ErrnoException busy =
            new ErrnoException("write", Errno.EBUSY, "/sys/fs/cgroup/memory/a/memory.limit_in_bytes, \"4096\"");

    @Test
    void message_ofFailure_hasCallSubjectAndError() {
        assertThat(busy)
                .hasMessage(
                        "write(/sys/fs/cgroup/memory/a/memory.limit_in_bytes, \"4096\"): EBUSY Device or resource busy");
        assertThat(busy.syscall()).isEqualTo("write");
        assertThat(busy.subject()).endsWith("\"4096\"");
        assertThat(busy.errno()).isEqualTo(Errno.EBUSY);
        assertThat(busy.kind()).isEqualTo(FailureKind.BUSY);
    }

    @Test
    void is_oneOfSeveral_true() {
        assertThat(busy.is(Errno.EBUSY)).isTrue();
        assertThat(busy.is(Errno.ENOENT, Errno.EBUSY)).isTrue();
        assertThat(busy.is(Errno.ENOENT, Errno.ENODEV)).isFalse();
    }

    @Test
    void about_betterSubject_keepsCallErrorAndOrigin() {
        ErrnoException better = busy.about("corral/a");
        assertThat(better).hasMessage("write(corral/a): EBUSY Device or resource busy");
        assertThat(better.getStackTrace()).isEqualTo(busy.getStackTrace());
    }

    @Test
    void serialization_ofFailure_keepsTheNumber() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(busy);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(((ErrnoException) in.readObject()).errno()).isEqualTo(Errno.EBUSY);
        }
    }
}
