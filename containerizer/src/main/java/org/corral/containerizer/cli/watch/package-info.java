/**
 * {@code corral stats --watch}: a live table of what containers use. What is shown, and where, are apart: a {@link
 * org.corral.containerizer.cli.watch.Screen} takes lines and gives keys.
 */
@NullMarked
package org.corral.containerizer.cli.watch;

import org.jspecify.annotations.NullMarked;
