package org.corral.containerizer.event;

import java.util.function.Consumer;
import org.corral.core.event.ContainerEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Logs what happens: one line for each event, with the container as {@code container} in the MDC. Thread-safe. */
public final class EventLog implements Consumer<ContainerEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    private static final String CONTAINER = "container";

    @Override
    public void accept(ContainerEvent event) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        MDC.put(CONTAINER, event.id().toString());
        try {
            LOG.info("{}", event);
        } finally {
            MDC.remove(CONTAINER);
        }
    }
}
