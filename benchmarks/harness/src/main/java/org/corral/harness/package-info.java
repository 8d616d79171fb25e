/**
 * What long runs have in common: how far they are, how they end early, what their own process holds meanwhile, how that drifts, and
 * pictures of it. It knows nothing of containers.
 */
@NullMarked
package org.corral.harness;

import org.jspecify.annotations.NullMarked;
