/**
 * Turns what JMH measured into a page with charts, and into tables for the documentation: {@code jmh} reads, {@code figures} compares,
 * {@code chart} places, and the sections here say what is shown.
 */
@NullMarked
package org.corral.benchmarks.report;

import org.jspecify.annotations.NullMarked;
