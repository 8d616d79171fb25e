package org.corral.linux;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.linux.raw.FileCalls;

/** A kernel that closes descriptors, and counts. */
final class CountedCloses {

    private final AtomicInteger closes = new AtomicInteger();

    FileCalls files() {
        return (FileCalls) Proxy.newProxyInstance(
                FileCalls.class.getClassLoader(), new Class<?>[] {FileCalls.class}, (proxy, method, arguments) -> {
                    closes.incrementAndGet();
                    return null;
                });
    }

    int count() {
        return closes.get();
    }
}
