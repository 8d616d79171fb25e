package org.corral.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;
import org.jspecify.annotations.Nullable;

/** A kernel that knows the calls it was taught and fails the test at any other. */
public final class FakeKernel {

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    /** Teaches a call, by the name of its method. */
    public FakeKernel on(String call, Answer answer) {
        answers.put(call, answer);
        return this;
    }

    /** {@return it, with its file systems below a folder} */
    public Linux linux(Path root) {
        return new Linux(
                new Syscalls(
                        calls(FileCalls.class),
                        calls(EventCalls.class),
                        calls(ProcessCalls.class),
                        calls(AccountCalls.class),
                        calls(NamespaceCalls.class),
                        calls(BufferCalls.class)),
                root);
    }

    /** {@return its calls of one kind} */
    public <T> T calls(Class<T> calls) {
        return calls.cast(Proxy.newProxyInstance(calls.getClassLoader(), new Class<?>[] {calls}, this::call));
    }

    private @Nullable Object call(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments); // made of calls that were taught
        }
        Answer answer = answers.get(method.getName());
        if (answer == null) {
            throw new AssertionError("unexpected call of " + method);
        }
        return answer.to(arguments == null ? new Object[0] : arguments);
    }

    /** What a call does. */
    public interface Answer {
        /** {@return what the call returns} */
        @Nullable
        Object to(Object... arguments) throws ErrnoException;
    }
}
