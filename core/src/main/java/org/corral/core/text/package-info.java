/** How texts from outside look where people read them. */
@NullMarked
package org.corral.core.text;

import org.jspecify.annotations.NullMarked;
