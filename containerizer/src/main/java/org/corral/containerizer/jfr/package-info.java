/** What the JDK's flight recorder is told of containers. While it does not record, no field is filled. */
@NullMarked
package org.corral.containerizer.jfr;

import org.jspecify.annotations.NullMarked;
