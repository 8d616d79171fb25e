package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.ECHO;
import static org.corral.linux.raw.Constants.ICANON;
import static org.corral.linux.raw.Constants.ICRNL;
import static org.corral.linux.raw.Constants.IEXTEN;
import static org.corral.linux.raw.Constants.INLCR;
import static org.corral.linux.raw.Constants.ISIG;
import static org.corral.linux.raw.Constants.IXON;
import static org.corral.linux.raw.Constants.VMIN;
import static org.corral.linux.raw.Constants.VTIME;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Modes of a terminal that follow from others: see {@link TerminalCalls#modes} and termios(3). */
public final class TerminalModes {

    private static final byte TENTH_OF_A_SECOND = 1;

    private TerminalModes() {}

    /**
     * {@return modes in which each key is had at once and is not shown, Ctrl-C and the like too} A read that finds none for a tenth of a
     * second ends with nothing. What is written looks as before.
     */
    public static byte[] keyByKey(byte[] modes) {
        byte[] made = modes.clone();
        clear(made, Structs.Termios.INPUT_FLAGS, INLCR | ICRNL | IXON);
        clear(made, Structs.Termios.LOCAL_FLAGS, ISIG | ICANON | ECHO | IEXTEN);
        made[Structs.Termios.CONTROL_CHARACTERS + VMIN] = 0;
        made[Structs.Termios.CONTROL_CHARACTERS + VTIME] = TENTH_OF_A_SECOND;
        return made;
    }

    private static void clear(byte[] modes, int word, int flags) {
        ByteBuffer words = ByteBuffer.wrap(modes).order(ByteOrder.nativeOrder());
        words.putInt(word, words.getInt(word) & ~flags);
    }
}
