/** How Corral writes JSON, for commands and for listeners in other processes. */
@NullMarked
package org.corral.containerizer.json;

import org.jspecify.annotations.NullMarked;
