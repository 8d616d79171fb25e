/** The mount table of this process. */
@NullMarked
package org.corral.linux.mount;

import org.jspecify.annotations.NullMarked;
