/** The cgroups of containers, which launcher and isolators share. */
@NullMarked
package org.corral.containerizer.cgroups;

import org.jspecify.annotations.NullMarked;
