package org.corral.benchmarks.report;

/**
 * Something that a reader must know to judge the figures. Immutable.
 *
 * @param name what it is about
 * @param value what is so
 */
record Fact(String name, String value) {}
