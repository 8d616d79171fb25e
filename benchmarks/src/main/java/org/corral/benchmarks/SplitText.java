package org.corral.benchmarks;

import org.openjdk.jmh.infra.Blackhole;

/** How people make numbers of a control file. */
final class SplitText {

    private SplitText() {}

    /** Takes the last word of each line. */
    static void consumeNumbers(String text, Blackhole numbers) {
        for (String line : text.strip().split("\n", -1)) {
            String[] words = line.split(" ", -1);
            numbers.consume(Long.parseLong(words[words.length - 1]));
        }
    }
}
