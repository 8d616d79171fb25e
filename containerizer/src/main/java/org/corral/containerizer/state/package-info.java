/** What outlives the agent: the runtime directory and the checkpoints in it. */
@NullMarked
package org.corral.containerizer.state;

import org.jspecify.annotations.NullMarked;
