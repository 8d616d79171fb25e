/** Namespaces that a container has of its own, and what is done in them. */
@NullMarked
package org.corral.linux.namespace;

import org.jspecify.annotations.NullMarked;
