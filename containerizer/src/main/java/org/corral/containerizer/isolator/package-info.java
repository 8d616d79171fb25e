/** The isolators that come with Corral, one file each, and the choice among them. */
@NullMarked
package org.corral.containerizer.isolator;

import org.jspecify.annotations.NullMarked;
