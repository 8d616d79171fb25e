/** Containers that another program makes: the protocol that Mesos 0.19 to 1.0 had for external containerizers. */
@NullMarked
package org.corral.containerizer.external;

import org.jspecify.annotations.NullMarked;
