/**
 * JMH benchmarks. Each class asks a question in its Javadoc and has its baseline beside it; what counts is the ratio of
 * the two within one run. Run them as root: {@code java -jar benchmarks/target/benchmarks.jar}.
 *
 * <p>Not null-marked, unlike all other packages: JMH fills the fields of its state objects after their construction.
 */
package org.corral.benchmarks;
