package org.corral.core.testing;

import java.util.Optional;

/** What fuzz tests ask of a parser that refuses an input: that it says so as declared, and in words that can be shown. */
public final class Refusals {

    /** A text quoted in full, each character an escape, and the words around it. */
    private static final int LONGEST_MESSAGE = 1000;

    private Refusals() {}

    /** Parses an input. */
    @FunctionalInterface
    public interface Attempt<T> {

        /** {@return what the input is} */
        T result() throws Exception;
    }

    /**
     * {@return what an attempt gives, empty if it is refused}
     *
     * @param declared what it may throw; of an unchecked exception no subclasses, which would come from somewhere deeper
     */
    public static <T> Optional<T> accepted(Attempt<T> attempt, Class<? extends Exception> declared) {
        try {
            return Optional.of(attempt.result());
        } catch (Exception e) {
            requireDeclared(e, declared);
            requireClear(e.getMessage());
            return Optional.empty();
        }
    }

    private static void requireDeclared(Exception refusal, Class<? extends Exception> declared) {
        boolean unchecked = refusal instanceof RuntimeException;
        if (unchecked ? declared != refusal.getClass() : !declared.isInstance(refusal)) {
            throw new AssertionError("not declared: " + refusal, refusal);
        }
    }

    private static void requireClear(String message) {
        if (message == null || message.isBlank() || message.length() > LONGEST_MESSAGE) {
            throw new AssertionError("no message for people: " + message);
        }
        for (int i = 0; i < message.length(); i++) {
            if (Character.isISOControl(message.charAt(i))) {
                throw new AssertionError("a control character in the message: " + message);
            }
        }
    }
}
