/** What was measured, what it is compared with, and what is asked of it. Knows nothing of how that is shown. */
@NullMarked
package org.corral.benchmarks.report.figures;

import org.jspecify.annotations.NullMarked;
