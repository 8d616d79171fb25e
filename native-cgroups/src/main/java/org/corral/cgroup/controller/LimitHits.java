package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Whether a v1 memory cgroup runs into its own limits: {@code memory.failcnt} counts that. Where memory and swap together may
 * be no more than memory alone, their limit is hit first, and Linux 6.18 counts it nowhere: then a use that is within a
 * 32nd of it is taken for a hit. Confined to one thread.
 */
public final class LimitHits {

    private static final String FAILCNT = "memory.failcnt";
    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String TOTAL_LIMIT = "memory.memsw.limit_in_bytes";
    private static final String TOTAL_USAGE = "memory.memsw.usage_in_bytes";
    private static final int CLOSE = 32;

    private final ControlReader reader;
    private long seen;

    /**
     * Looks from now on.
     *
     * @throws org.corral.linux.errno.ErrnoException ENODEV or ENOENT if the cgroup is gone
     * @throws ControlFileFormatException if the file is not of its form
     */
    public LimitHits(ControlFiles files) throws IOException {
        this.reader = new ControlReader(files);
        this.seen = failcnt();
    }

    /**
     * {@return whether it has run into one since the last look}
     *
     * @throws org.corral.linux.errno.ErrnoException ENODEV or ENOENT if the cgroup is gone
     */
    public boolean since() throws IOException {
        long before = seen;
        seen = failcnt();
        return seen != before || isTotalUsedUp();
    }

    private long failcnt() throws IOException {
        String text = reader.files().read(FAILCNT);
        return Numbers.unsigned(text.strip(), FAILCNT, text, "a number");
    }

    private boolean isTotalUsedUp() throws IOException {
        Optional<Limit> total = reader.limit(TOTAL_LIMIT).filter(limit -> !limit.isNone());
        if (total.isEmpty() || reader.limit(LIMIT).orElse(Limit.NONE).compareTo(total.get()) < 0) {
            return false;
        }
        long limit = total.get().value().orElseThrow();
        OptionalLong used = reader.number(TOTAL_USAGE);
        return used.isPresent() && used.getAsLong() >= limit - limit / CLOSE;
    }
}
