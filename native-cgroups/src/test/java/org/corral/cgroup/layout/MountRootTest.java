package org.corral.cgroup.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountRootTest {

    @ParameterizedTest
    @CsvSource({
        "/, /, /",
        "/a/b, /, /a/b",
        "/docker/abc, /docker/abc, /",
        "/docker/abc/x/y, /docker/abc, /x/y",
        "/docker/abcdef/x, /docker/abc, /",
        "/other, /docker/abc, /",
        "/, /../.., /",
        "/x, /../.., /",
        "/../x, /.., /x",
        "/../../x, /.., /",
        "/../x, /, /",
        "/.., /, /",
        "/..x, /, /..x"
    })
    void seen_pathAndMountRoot_isThePathFromTheMountPoint(String path, String mountRoot, String expected) {
        assertThat(new MountRoot(mountRoot).seen(path)).isEqualTo(expected);
    }
}
