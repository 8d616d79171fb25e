package org.corral.containerizer.cli;

import org.jline.utils.Signals;

/** Signals to this JVM, through JLine, which hides the internal interface of the JDK that tells of them. */
final class JvmSignals implements SignalSource {

    @Override
    public Registration on(Signal signal, Runnable reaction) {
        Object previous = Signals.register(signal.toString(), reaction);
        return () -> Signals.unregister(signal.toString(), previous);
    }
}
