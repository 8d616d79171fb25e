package org.corral.benchmarks.guard;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;

/** Counts all calls to the kernel. Thread-safe. */
final class CountingCalls {

    private final AtomicLong count = new AtomicLong();

    /** {@return a kernel whose calls are counted} */
    Linux on(Linux linux) {
        Syscalls calls = linux.syscalls();
        Syscalls counted = new Syscalls(
                counted(FileCalls.class, calls.files()),
                counted(EventCalls.class, calls.events()),
                counted(ProcessCalls.class, calls.processes()),
                counted(AccountCalls.class, calls.accounts()),
                counted(NamespaceCalls.class, calls.namespaces()),
                counted(BufferCalls.class, calls.buffers()));
        return new Linux(counted, linux.root(), linux.descriptors());
    }

    private <T> T counted(Class<T> type, T calls) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    count.incrementAndGet();
                    try {
                        return method.invoke(calls, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** {@return how many until now} */
    long count() {
        return count.get();
    }
}
