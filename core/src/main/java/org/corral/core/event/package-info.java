/** What happens to containers, told to those who listen. */
@NullMarked
package org.corral.core.event;

import org.jspecify.annotations.NullMarked;
