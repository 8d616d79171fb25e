/** Races in the life of a container. */
@NullMarked
package org.corral.containerizer.lifecycle;

import org.jspecify.annotations.NullMarked;
