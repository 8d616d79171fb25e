/** What containers use: one record for each kind of resource, every field absent where the kernel does not tell it. */
@NullMarked
package org.corral.core.usage;

import org.jspecify.annotations.NullMarked;
