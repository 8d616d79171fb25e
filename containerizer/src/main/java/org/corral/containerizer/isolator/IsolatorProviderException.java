package org.corral.containerizer.isolator;

import java.io.IOException;

/** A provider of an isolator that is not Corral's own is broken; the message names its class and the remedy. */
public final class IsolatorProviderException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String provider;

    IsolatorProviderException(String provider, String problem, Throwable cause) {
        super("isolator provider " + provider + " " + problem + ": correct it, or take it off the class path", cause);
        this.provider = provider;
    }

    IsolatorProviderException(String provider, String problem) {
        super("isolator provider " + provider + " " + problem + ": correct it, or take it off the class path");
        this.provider = provider;
    }

    /** {@return the name of its class} */
    public String provider() {
        return provider;
    }
}
