/** How events reach those who listen, in this process and in others. */
@NullMarked
package org.corral.containerizer.event;

import org.jspecify.annotations.NullMarked;
