/** An isolator as somebody else would write it, built against Corral's core alone. */
@NullMarked
package org.example.scratch;

import org.jspecify.annotations.NullMarked;
