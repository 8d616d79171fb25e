/** Races for descriptors. */
@NullMarked
package org.corral.linux;

import org.jspecify.annotations.NullMarked;
