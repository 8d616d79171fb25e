/** Which tests prove which behaviour of a Mesos containerizer: {@code docs/conformance.md}, and what becomes of it in a run. */
@NullMarked
package org.corral.it.conformance;

import org.jspecify.annotations.NullMarked;
