package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.corral.linux.raw.Constants.PIDFD_INFO_EXIT;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import jnr.ffi.Pointer;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;

/** A kernel that reaps a process while it looks for how that ended. */
class ExitBetweenLooksTest {

    private static final int EXITED_WITH_SEVEN = 7 << 8;

    private int misses;
    private final ProcessCalls processes = new JnrProcessCalls((LibC.Api)
            Proxy.newProxyInstance(LibC.Api.class.getClassLoader(), new Class<?>[] {LibC.Api.class}, this::ioctl));

    private Object ioctl(Object proxy, Method method, Object... arguments) {
        if (misses > 0) {
            misses--;
            LibC.RUNTIME.setLastError(Errno.ESRCH.number());
            return -1;
        }
        Pointer info = (Pointer) arguments[2];
        info.putLong(Structs.PidfdInfo.MASK, PIDFD_INFO_EXIT);
        info.putInt(Structs.PidfdInfo.EXIT_CODE, EXITED_WITH_SEVEN);
        return 0;
    }

    @Test
    void exitStatus_reapedBetweenTheTwoLooks_told() throws Exception {
        misses = 1;

        assertThat(processes.exitStatus(5)).hasValue(new ExitStatus.Exited(7));
    }

    @Test
    void exitStatus_notKnownTheSecondTimeEither_esrch() {
        misses = 2;

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> processes.exitStatus(5))
                .matches(e -> e.is(Errno.ESRCH));
    }
}
