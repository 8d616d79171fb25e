package org.corral.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** A call of {@link Interception}, which may be made or not. */
public final class InterceptedCall {

    private final Object calls;
    private final Method method;
    private final Object[] arguments;

    InterceptedCall(Object calls, Method method, Object... arguments) {
        this.calls = calls;
        this.method = method;
        this.arguments = arguments;
    }

    /** {@return the call, as {@link org.corral.linux.raw.Syscalls} names it} */
    public String name() {
        return method.getName();
    }

    /** {@return what it was called with} */
    public Object[] arguments() {
        return arguments;
    }

    /** {@return what the kernel returns for it} */
    public Object proceed() throws Throwable {
        return proceed(arguments);
    }

    /** {@return what the kernel returns for other arguments} */
    public Object proceed(Object... others) throws Throwable {
        try {
            return method.invoke(calls, others);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
