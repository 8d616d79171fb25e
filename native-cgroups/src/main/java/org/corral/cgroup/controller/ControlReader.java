package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.unit.IdList;

/**
 * Reads control files of each form. A file that this kernel does not have or does not support reads as absent; any
 * other failure is the caller's.
 */
record ControlReader(ControlFiles files) {

    /** {@return the number that is all a file holds} */
    OptionalLong number(String file) throws IOException {
        Optional<String> text = files.find(file);
        return text.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Numbers.unsigned(text.get().strip(), file, text.get(), "a number"));
    }

    /** {@return the limit in a file, empty if there is no such file} */
    Optional<Limit> limit(String file) throws IOException {
        Optional<String> text = files.find(file);
        return text.isEmpty() ? Optional.empty() : Optional.of(Limit.parse(file, text.get()));
    }

    /** {@return the keys of a file, none if there is no such file} */
    FlatKeyed flatKeyed(String file) throws IOException {
        Optional<String> text = files.find(file);
        return text.isEmpty() ? new FlatKeyed(Map.of()) : FlatKeyed.parse(file, text.get());
    }

    /** {@return the CPUs or nodes in a file, empty if there is no such file} */
    Optional<IdList> ids(String file) throws IOException {
        Optional<String> text = files.find(file);
        return text.isEmpty() ? Optional.empty() : Optional.of(parseIds(file, text.get()));
    }

    private static IdList parseIds(String file, String text) throws ControlFileFormatException {
        try {
            return IdList.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ControlFileFormatException(file, text, "numbers from 0 to 65535 and ranges, as '0-3,7'", e);
        }
    }
}
