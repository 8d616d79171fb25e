package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import org.corral.cgroup.layout.Controller;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.IsolatorProvider;

/** Finds the isolators that others have put on the class path. What is wrong with one of them is told by its class. */
final class ThirdPartyIsolators {

    private ThirdPartyIsolators() {}

    static List<RegisteredIsolator> find(ClassLoader loader) throws IsolatorProviderException {
        Iterator<ServiceLoader.Provider<IsolatorProvider>> found =
                ServiceLoader.load(IsolatorProvider.class, loader).stream().iterator();
        List<RegisteredIsolator> isolators = new ArrayList<>();
        while (hasNext(found)) {
            isolators.add(register(found.next()));
        }
        return isolators;
    }

    /** A class that is named and not there is seen here; no class is known then but in the message. */
    private static boolean hasNext(Iterator<?> found) throws IsolatorProviderException {
        try {
            return found.hasNext();
        } catch (ServiceConfigurationError e) {
            throw new IsolatorProviderException("(" + e.getMessage() + ")", "cannot be loaded", e);
        }
    }

    private static RegisteredIsolator register(ServiceLoader.Provider<IsolatorProvider> found)
            throws IsolatorProviderException {
        String type = found.type().getName();
        try {
            return register(type, found.get());
        } catch (ServiceConfigurationError | RuntimeException | LinkageError e) {
            throw new IsolatorProviderException(type, "cannot be used (" + causeOf(e) + ")", e);
        }
    }

    private static Throwable causeOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof ServiceConfigurationError && cause != null ? cause : failure;
    }

    static RegisteredIsolator register(String type, IsolatorProvider provider) throws IsolatorProviderException {
        String name = provider.name();
        if (name == null || !Isolation.isName(name)) {
            throw new IsolatorProviderException(type, "calls its isolator '" + name + "', which is not kind/name");
        }
        return new RegisteredIsolator(
                name,
                controllers(type, provider.controllers()),
                Optional.empty(),
                Set.of(),
                provider.options(),
                Optional.of(type),
                (parts, options) -> make(type, provider, parts, options));
    }

    private static Set<Controller> controllers(String type, Set<String> names) throws IsolatorProviderException {
        Set<Controller> controllers = new HashSet<>();
        for (String name : names) {
            Optional<Controller> controller = Controller.ofV1Name(name);
            if (controller.isEmpty()) {
                throw new IsolatorProviderException(type, "needs the controller '" + name + "', which there is not");
            }
            controllers.add(controller.get());
        }
        return controllers;
    }

    private static Isolator make(
            String type, IsolatorProvider provider, IsolatorParts parts, Map<String, String> options)
            throws IOException {
        Isolator made =
                attempt(type, () -> provider.create(new CgroupContext(options, parts.cgroups(), parts.events())));
        String name = attempt(type, provider::name);
        if (made == null || !name.equals(attempt(type, made::name))) {
            throw new IsolatorProviderException(type, "made " + made + " where " + name + " was asked for");
        }
        return made;
    }

    /** An option that it refuses is the operator's fault, and what fails on the host nobody's. */
    private static <T> T attempt(String type, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new IsolatorProviderException(type, "cannot be used (" + e + ")", e);
        }
    }

    /** A call of somebody else's code. */
    private interface Call<T> {
        T run() throws IOException;
    }
}
