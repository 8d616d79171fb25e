/** The containerizer: what happens to a container, in which order, and who may say so. */
@NullMarked
package org.corral.containerizer.lifecycle;

import org.jspecify.annotations.NullMarked;
