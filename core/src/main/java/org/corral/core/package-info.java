/**
 * The vocabulary of Corral and its first interface, {@link org.corral.core.Containerizer}.
 *
 * <p>Everything here is plain Java. A third party can implement an {@linkplain org.corral.core.isolator isolator} or a
 * {@linkplain org.corral.core.launcher launcher} with this module alone on the class path.
 *
 * <p>Values are records: immutable, validated by their constructors, {@code null} refused. A thing that may be absent is
 * an {@code Optional}; absent is never zero. Bad input is an {@link java.lang.IllegalArgumentException} that names the
 * value and what to give instead; what the host refuses is an {@link java.io.IOException}.
 */
@NullMarked
package org.corral.core;

import org.jspecify.annotations.NullMarked;
