package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A terminal that shows lines, and has keys. Confined to one thread. */
public interface Screen extends AutoCloseable {

    /** No key was pressed. */
    int NONE = -2;

    /** No key can be pressed any more. */
    int END = -1;

    /** {@return how large it is now} */
    Size size() throws IOException;

    /**
     * Shows lines from the top on, in place of what it showed before.
     *
     * @param size how large it is
     * @param lines as many as there is room for, none wider than it is
     * @param emphasised the index of one that stands out
     */
    void show(Size size, List<String> lines, int emphasised);

    /** {@return the next character from the keys; {@link #NONE} if there is none for that long, or {@link #END}} */
    int read(Duration patience) throws IOException;

    /** Gives the terminal back as it was. */
    @Override
    void close() throws IOException;

    /**
     * How large a screen is. Immutable.
     *
     * @param rows lines, 1 or more
     * @param columns characters in a line, 1 or more
     */
    record Size(int rows, int columns) {

        /** A terminal that was not told its size says zero: then it is what it always was. */
        private static final Size USUAL = new Size(24, 80);

        /** {@return a size that a terminal has told} */
        static Size told(int rows, int columns) {
            return new Size(rows > 0 ? rows : USUAL.rows, columns > 0 ? columns : USUAL.columns);
        }
    }
}
