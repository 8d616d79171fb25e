/** JMH's results as it writes them with {@code -rf json}. */
@NullMarked
package org.corral.benchmarks.report.jmh;

import org.jspecify.annotations.NullMarked;
