package org.corral.core.text;

import java.util.HexFormat;

/**
 * Texts from outside as messages quote them: on one line and of bounded length. So what a stranger has written, as the name of a
 * cgroup, can neither forge a line of a log nor steer a terminal (CWE-117, CWE-150), nor turn the order of what is read.
 */
public final class Quoted {

    /** More than any amount, id or key has; what is cut off shows its length. */
    private static final int SHOWN = 80;

    private Quoted() {}

    /** {@return the text between single quotes, cut off after 80 characters; what does not print is told as Java would write it} */
    public static String of(String text) {
        return text.length() > SHOWN
                ? "'" + onOneLine(text.substring(0, SHOWN)) + "…' (" + text.length() + " characters)"
                : "'" + onOneLine(text) + "'";
    }

    /** {@return all of a text, with what does not print as Java would write it} */
    public static String onOneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(c, line));
        return line.toString();
    }

    private static void append(int codePoint, StringBuilder line) {
        if (prints(codePoint)) {
            line.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            line.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
    }

    /** Format characters do not: among them are those that turn the direction of what follows. */
    private static boolean prints(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
