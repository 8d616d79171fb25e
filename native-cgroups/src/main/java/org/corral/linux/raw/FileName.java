package org.corral.linux.raw;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names of files as text, and back. The kernel takes any bytes but NUL and {@code /}, and whoever may make a cgroup may call
 * it anything; it must be possible to remove it all the same. Bytes that are no UTF-8, and those of control characters, which
 * have no business in messages, become a lone surrogate each: U+DC00 and the byte, as Python has them.
 */
final class FileName {

    private static final int RAW = 0xdc00;
    private static final int LARGEST_BYTE = 0xff;
    private static final int FIRST_NOT_ASCII = 0x80;

    /** What Java makes of bytes that are no UTF-8. */
    private static final int REPLACEMENT = 0xfffd;

    private FileName() {}

    /** {@return the text that stands for a name} */
    static String decode(byte[] name) {
        String plain = new String(name, StandardCharsets.UTF_8);
        return plain.chars().anyMatch(FileName::isSuspect) ? decodeByCharacter(name) : plain;
    }

    private static boolean isSuspect(int character) {
        return character == REPLACEMENT || Character.isISOControl(character);
    }

    private static String decodeByCharacter(byte[] name) {
        StringBuilder text = new StringBuilder(name.length);
        int at = 0;
        while (at < name.length) {
            int length = lengthOfCharacter(name, at);
            if (length == 0) {
                text.append((char) (RAW | (name[at] & LARGEST_BYTE)));
            } else {
                text.append(new String(name, at, length, StandardCharsets.UTF_8));
            }
            at += Math.max(1, length);
        }
        return text.toString();
    }

    /** {@return how many bytes the character has that begins there, 0 if that is none to be shown} */
    private static int lengthOfCharacter(byte[] name, int at) {
        int length = lengthByFirst(name[at] & LARGEST_BYTE);
        if (length == 1) {
            return Character.isISOControl(name[at]) ? 0 : 1;
        }
        try {
            int available = Math.min(length, name.length - at);
            int character = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(name, at, available))
                    .charAt(0);
            return Character.isISOControl(character) ? 0 : length;
        } catch (CharacterCodingException e) {
            return 0;
        }
    }

    /** By the bits of the first byte: utf-8(7). What is none is refused when it is decoded. */
    private static int lengthByFirst(int first) {
        if (first < FIRST_NOT_ASCII) {
            return 1;
        }
        if (first < 0xe0) {
            return 2;
        }
        return first < 0xf0 ? 3 : 4;
    }

    /**
     * {@return the bytes of a name, and a NUL at their end}
     *
     * @throws IllegalArgumentException if it holds a NUL, or a surrogate stands for a character that has no need of one: a
     *     {@code /} or a dot that way would not be seen by who checks the text
     */
    static byte[] encodeTerminated(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + text.replace('\0', '␀') + "' holds a NUL character");
        }
        if (text.codePoints().anyMatch(FileName::isDisguised)) {
            throw new IllegalArgumentException("'" + text + "' holds a surrogate in place of a plain character");
        }
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return text.chars().anyMatch(FileName::isRaw)
                ? encodeByCharacter(text)
                : Arrays.copyOf(plain, plain.length + 1);
    }

    /** True for half of a character beyond the basic plane, too. */
    private static boolean isRaw(int character) {
        return character > RAW && character <= (RAW | LARGEST_BYTE);
    }

    private static boolean isDisguised(int character) {
        int value = character & LARGEST_BYTE;
        return isRaw(character) && value < FIRST_NOT_ASCII && !Character.isISOControl(value);
    }

    private static byte[] encodeByCharacter(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 1);
        text.codePoints().forEach(character -> {
            if (isRaw(character)) {
                bytes.write(character & LARGEST_BYTE);
            } else {
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
            }
        });
        bytes.write(0);
        return bytes.toByteArray();
    }
}
