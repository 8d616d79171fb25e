/**
 * What thousands of cgroups use, read again and again: descriptors that stay open, numbers parsed where the kernel put them, a table
 * of primitive columns. A sample makes no object and needs one system call for each file.
 */
@NullMarked
package org.corral.cgroup.sample;

import org.jspecify.annotations.NullMarked;
