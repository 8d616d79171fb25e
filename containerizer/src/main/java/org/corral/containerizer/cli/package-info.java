/** The command line {@code corral}: one class for each command, over the same interface that agents use. */
@NullMarked
package org.corral.containerizer.cli;

import org.jspecify.annotations.NullMarked;
