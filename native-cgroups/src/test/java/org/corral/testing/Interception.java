package org.corral.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;
import org.jspecify.annotations.Nullable;

/** Somebody on the way to a kernel, by whom each call comes. */
public final class Interception {

    private Interception() {}

    /** Makes a call, or answers or refuses it. */
    @FunctionalInterface
    public interface Interceptor {
        /** {@return what the caller gets} */
        @Nullable
        Object answer(InterceptedCall call) throws Throwable;
    }

    /** {@return the way to a kernel past an interceptor} */
    public static Syscalls of(Syscalls calls, Interceptor interceptor) {
        return new Syscalls(
                of(FileCalls.class, calls.files(), interceptor),
                of(EventCalls.class, calls.events(), interceptor),
                of(ProcessCalls.class, calls.processes(), interceptor),
                of(AccountCalls.class, calls.accounts(), interceptor),
                of(NamespaceCalls.class, calls.namespaces(), interceptor),
                of(BufferCalls.class, calls.buffers(), interceptor));
    }

    /** {@return the same for calls of one kind} */
    public static <T> T of(Class<T> type, T calls, Interceptor interceptor) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.isDefault()
                        ? InvocationHandler.invokeDefault(proxy, method, arguments) // made of calls that come by
                        : interceptor.answer(
                                new InterceptedCall(calls, method, arguments == null ? new Object[0] : arguments))));
    }
}
