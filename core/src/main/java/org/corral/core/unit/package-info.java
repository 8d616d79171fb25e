/** Units as types, so that no number in an interface needs a comment to be understood. */
@NullMarked
package org.corral.core.unit;

import org.jspecify.annotations.NullMarked;
