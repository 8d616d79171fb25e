package org.corral.benchmarks.report.chart;

/**
 * A mark of an axis. Immutable.
 *
 * @param at where
 * @param label what it says
 */
public record Tick(String at, String label) {}
