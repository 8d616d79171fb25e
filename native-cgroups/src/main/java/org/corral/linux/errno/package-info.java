/** Errors of system calls as values and exceptions. Depends on nothing. */
@NullMarked
package org.corral.linux.errno;

import org.jspecify.annotations.NullMarked;
