package org.corral.containerizer.cli;

import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;

/**
 * The most huge pages of a size. Immutable.
 *
 * @param page the size of a page
 * @param limit in bytes
 */
record HugetlbLimit(DataSize page, Maximum limit) {

    static HugetlbLimit parse(String text) {
        String[] parts = text.split("=", 2);
        if (parts.length != 2) {
            throw new IllegalArgumentException(
                    "huge page limit '" + text + "' is not understood: give SIZE=LIMIT, as 2M=64M or 1G=max");
        }
        return new HugetlbLimit(DataSize.parse(parts[0]), Maximum.parseBytes(parts[1]));
    }
}
