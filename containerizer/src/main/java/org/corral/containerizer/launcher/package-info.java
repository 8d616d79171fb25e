/** Makes the first process of a container at the launch gate, and ends all of them. */
@NullMarked
package org.corral.containerizer.launcher;

import org.jspecify.annotations.NullMarked;
