/** Objects to wait with: eventfd, epoll, inotify, and the one thread that waits. */
@NullMarked
package org.corral.linux.event;

import org.jspecify.annotations.NullMarked;
