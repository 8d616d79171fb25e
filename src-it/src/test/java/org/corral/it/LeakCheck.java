package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test, and its {@code @BeforeEach} and {@code @AfterEach}, a {@link TestRoot}, and fails the test that leaves
 * a cgroup, a process, a descriptor or a file behind; what it left is removed, so that it fails no other test.
 *
 * <p>It looks at the whole process: tests must not run in parallel in one JVM. It looks right after {@code @AfterEach}:
 * close things there, not with {@code @AutoClose}, which comes later.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

    /** Long enough for any host: only a test that leaks waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(LeakCheck.class);
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        TestRoot root = newRoot();
        ExtensionContext.Store store = context.getStore(NAMESPACE);
        store.put(TestRoot.class, root);
        store.put(Leaks.class, Leaks.watch(root));
    }

    static TestRoot newRoot() throws IOException {
        String name = "corral-it-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        return new TestRoot(name, Files.createTempDirectory(name + "-"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        Leaks leaks = context.getStore(NAMESPACE).get(Leaks.class, Leaks.class);
        leaks.assertNone(PATIENCE);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestRoot.class
                && context.getTestMethod().isPresent();
    }

    @Override
    public TestRoot resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return root(context);
    }

    private static TestRoot root(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(TestRoot.class, TestRoot.class);
    }
}
