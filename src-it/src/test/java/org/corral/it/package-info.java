/**
 * Tests against the real kernel, and what they stand on.
 *
 * <p>A test names what it needs with {@link org.corral.it.Requires}; where the host lacks it, the test is skipped and the
 * reason printed, or fails if the run demands the need ({@code CORRAL_REQUIRED_NEEDS}). {@link org.corral.it.LeakCheck}
 * gives each test a name for its cgroups and a directory of its own, and fails the test that leaves anything behind.
 */
@NullMarked
package org.corral.it;

import org.jspecify.annotations.NullMarked;
