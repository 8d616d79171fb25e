/**
 * The interface of isolators: each takes care of one kind of resource for every container.
 *
 * <p>The order of calls for one container, none of them concurrent with another:
 *
 * <pre>
 * prepare → (fork) → isolate → { update | usage }* → cleanup
 * </pre>
 *
 * <p>{@code prepare} is called in the order of the isolators' list, one after the other, {@code cleanup} in the reverse
 * order. Cleanup is guaranteed once prepare was called, also when prepare failed, and for all isolators even when one of
 * them fails. Instead of it, {@code release} is called where the agent leaves and the container stays.
 *
 * <p>An isolator of one's own comes with an {@link org.corral.core.isolator.IsolatorProvider}, and needs nothing but this
 * module to be built.
 */
@NullMarked
package org.corral.core.isolator;

import org.jspecify.annotations.NullMarked;
