/** What cgroup hierarchies this host has, and which of them each controller is bound to. */
@NullMarked
package org.corral.cgroup.layout;

import org.jspecify.annotations.NullMarked;
