/** Corral as an external containerizer program of somebody else's agent: a process for each call, and a supervisor. */
@NullMarked
package org.corral.containerizer.cli.external;

import org.jspecify.annotations.NullMarked;
