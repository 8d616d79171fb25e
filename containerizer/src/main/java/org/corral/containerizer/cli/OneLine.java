package org.corral.containerizer.cli;

import java.nio.file.FileSystemException;
import java.util.regex.Pattern;

/** Messages as the user sees them: one line, whatever is in them. */
final class OneLine {

    private static final Pattern LINE_BREAKS = Pattern.compile("\\s*\\R\\s*");
    private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}");

    private OneLine() {}

    static String of(String message) {
        return CONTROL_CHARACTERS
                .matcher(LINE_BREAKS.matcher(message.strip()).replaceAll(" "))
                .replaceAll("?");
    }

    /** {@return what went wrong; Java's own failures of files say only where} */
    static String of(Throwable failure) {
        String message = failure.getMessage();
        if (message == null) {
            return of(failure.toString());
        }
        boolean bare = failure instanceof FileSystemException known && known.getReason() == null;
        return of(bare ? message + ": " + failure.getClass().getSimpleName().replace("Exception", "") : message);
    }
}
