package org.corral.testing;

import java.lang.reflect.Proxy;

/** Stands in for system calls that a test does not expect to be made. */
public final class UnexpectedCalls {

    private UnexpectedCalls() {}

    /** {@return an implementation of an interface that refuses every call} */
    public static <T> T of(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw new UnsupportedOperationException("unexpected call of " + method.getName());
        }));
    }
}
