package org.corral.core.isolator;

import java.io.IOException;

/** Two isolators want one thing of a launch to be different. Leave one of them out. */
public final class ContributionConflictException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String subject;
    private final String first;
    private final String second;

    /**
     * Makes it.
     *
     * @param subject what they disagree on, as {@code environment variable HOME}
     * @param first the isolator that came first
     * @param firstValue what it wants
     * @param second the other one
     * @param secondValue what that wants
     */
    public ContributionConflictException(
            String subject, String first, Object firstValue, String second, Object secondValue) {
        super("isolator " + first + " wants " + subject + " to be " + firstValue + ", and " + second
                + " wants it to be " + secondValue + ": leave one of them out, or set it in the request");
        this.subject = subject;
        this.first = first;
        this.second = second;
    }

    /** {@return what they disagree on} */
    public String subject() {
        return subject;
    }

    /** {@return the name of the isolator that came first} */
    public String first() {
        return first;
    }

    /** {@return the name of the other one} */
    public String second() {
        return second;
    }
}
