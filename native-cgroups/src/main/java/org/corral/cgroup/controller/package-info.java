/**
 * One file for each controller: what it limits and what it counts, on v1 and v2 side by side.
 */
@NullMarked
package org.corral.cgroup.controller;

import org.jspecify.annotations.NullMarked;
