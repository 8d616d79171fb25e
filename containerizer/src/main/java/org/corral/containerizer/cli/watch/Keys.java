package org.corral.containerizer.cli.watch;

import java.io.IOException;
import java.time.Duration;

/** Makes keys of characters: an arrow is three of them (ECMA-48, CSI; xterm's application mode has SS3). Confined to one thread. */
final class Keys {

    /** The arrows, beside all characters. */
    static final int LEFT = 0x110000;

    static final int RIGHT = LEFT + 1;

    private static final int ESCAPE = 0x1b;
    private static final int CTRL_C = 3;

    /** The rest of an arrow comes with its first character; after the key Esc nothing does. */
    private static final Duration SOON = Duration.ofMillis(50);

    private final Screen screen;

    Keys(Screen screen) {
        this.screen = screen;
    }

    /** {@return whether a key ends the watching} */
    static boolean isEnd(int key) {
        return key == 'q' || key == CTRL_C || key == Screen.END;
    }

    /** {@return the next key, {@link Screen#NONE} if there is none for that long, or it is none that is known} */
    int next(Duration patience) throws IOException {
        int character = screen.read(patience);
        return character == ESCAPE ? afterEscape() : character;
    }

    private int afterEscape() throws IOException {
        int second = screen.read(SOON);
        if (second != '[' && second != 'O') {
            return second == Screen.END ? second : Screen.NONE;
        }
        return switch (screen.read(SOON)) {
            case 'C' -> RIGHT;
            case 'D' -> LEFT;
            case Screen.END -> Screen.END;
            default -> Screen.NONE;
        };
    }
}
