/** What files take on disk. */
@NullMarked
package org.corral.linux.disk;

import org.jspecify.annotations.NullMarked;
