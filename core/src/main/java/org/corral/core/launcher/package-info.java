/** The interface of launchers: they make a container's first process and end all of its processes. */
@NullMarked
package org.corral.core.launcher;

import org.jspecify.annotations.NullMarked;
