/** What an agent counts of what happens to its containers. */
@NullMarked
package org.corral.containerizer.count;

import org.jspecify.annotations.NullMarked;
