/** The way in: everything an agent needs, wired. */
@NullMarked
package org.corral.containerizer;

import org.jspecify.annotations.NullMarked;
