/**
 * Charts and tables, placed and formatted, as the templates draw them. Places are parts of the width in percent: so a chart is as wide as
 * the page, and its texts keep their size.
 */
@NullMarked
package org.corral.benchmarks.report.chart;

import org.jspecify.annotations.NullMarked;
