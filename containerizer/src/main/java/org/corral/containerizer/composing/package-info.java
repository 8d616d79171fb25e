/** Several containerizers behind one: each container goes to the first that can run it. */
@NullMarked
package org.corral.containerizer.composing;

import org.jspecify.annotations.NullMarked;
