package org.corral.it.conformance;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * What a test proves of the behaviours that Mesos tests its containerizer and its cgroup layer for. All such tests together
 * are the conformance suite, {@code src-it/suite REPORT --scan-classpath=target/test-classes --include-tag=conformance}.
 */
@Documented
@Tag("conformance")
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface MesosBehaviour {

    /** {@return numbers of rows of {@code docs/conformance.md}; the test asserts what each of them says} */
    int[] value();
}
