package org.corral.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a test needs of the host. On a class it holds for all of its tests, which may add to it.
 *
 * <p>A test whose needs are not met is skipped with the reason. A run that must not skip lists the needs in the system
 * property or environment variable {@code CORRAL_REQUIRED_NEEDS}, as {@code ROOT,CPU}: a test that misses one
 * of these fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(RequiresExtension.class)
public @interface Requires {

    /** {@return the needs} */
    Need[] value();
}
