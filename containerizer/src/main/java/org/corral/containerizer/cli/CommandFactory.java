package org.corral.containerizer.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, which have a constructor for the {@link Host}; all else as picocli does by itself. */
final class CommandFactory implements IFactory {

    private final Host host;

    CommandFactory(Host host) {
        this.host = host;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (var constructor : type.getDeclaredConstructors()) {
            Class<?>[] parameters = constructor.getParameterTypes();
            if (parameters.length == 1 && parameters[0] == Host.class) {
                return type.cast(constructor.newInstance(host));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
