/** Meters for agents that have Micrometer on their class path: nothing else of Corral knows of it. */
@NullMarked
package org.corral.containerizer.metrics;

import org.jspecify.annotations.NullMarked;
