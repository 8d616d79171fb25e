package org.corral.benchmarks.report.jmh;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One run of JMH: what a file holds. Ratios are made within one, as the host is another a day later. Immutable.
 *
 * @param file its name, without directories
 * @param measured when it was written, at the end of the run
 * @param results one for each benchmark and each set of its parameters
 */
public record JmhRun(String file, Instant measured, List<JmhResult> results) {

    private static final ObjectReader JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build()
            .readerForListOf(JmhResult.class);

    /** Copies the results. */
    public JmhRun {
        results = List.copyOf(results);
    }

    /**
     * Reads a file of JMH.
     *
     * @throws UnusableFileException naming the file and what to do, if it cannot be read, is not JMH's, or holds nothing
     */
    public static JmhRun read(Path file) throws UnusableFileException {
        List<JmhResult> results = parse(file);
        if (results.isEmpty()) {
            throw unusable(file, "holds no benchmark: the run failed");
        }
        return new JmhRun(Objects.toString(file.getFileName()), written(file), results);
    }

    private static List<JmhResult> parse(Path file) throws UnusableFileException {
        try {
            List<JmhResult> results = JSON.readValue(Files.readAllBytes(file));
            if (results != null && results.stream().allMatch(JmhRun::isWhole)) {
                return results;
            }
        } catch (NoSuchFileException e) {
            throw unusable(file, "does not exist");
        } catch (JacksonException e) {
            throw unusable(file, "is not a JSON result of JMH: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unusable(file, "cannot be read: " + e.getMessage());
        }
        throw unusable(file, "is JSON, but not a result of JMH: a benchmark or its metric is missing");
    }

    /** JSON can leave out what the types here promise. */
    @SuppressWarnings("ConstantValue")
    private static boolean isWhole(JmhResult result) {
        return result != null
                && result.benchmark() != null
                && result.benchmark().contains(".")
                && result.mode() != null
                && result.primaryMetric() != null;
    }

    private static Instant written(Path file) throws UnusableFileException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw unusable(file, "has no date: " + e.getMessage());
        }
    }

    private static UnusableFileException unusable(Path file, String why) {
        return new UnusableFileException(
                file, why, "measure again with 'java -jar benchmarks.jar -prof gc -rf json -rff " + file + "'");
    }
}
