/**
 * JMH benchmarks of Corral beside others on the JVM that measure what containers use: Hadoop YARN and OSHI. Each class asks a question
 * in its Javadoc, and before it measures, makes sure that all tell the same of the same processes. In a build with the profile
 * {@code peers} alone; run them as root: {@code java -jar benchmarks/peers/target/peers.jar}.
 *
 * <p>Not null-marked, unlike other packages: JMH fills the fields of its state objects after their construction.
 */
package org.corral.benchmarks.peers;
