package org.corral.linux.event;

import static org.corral.linux.raw.Constants.EPOLLIN;
import static org.corral.linux.raw.Constants.IN_IGNORED;
import static org.corral.linux.raw.Constants.IN_MODIFY;
import static org.corral.linux.raw.Constants.IN_Q_OVERFLOW;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EventCalls.WatchEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of changes of files: any number of them through one inotify(7) queue, for a user has 128 of these in all. The
 * queue is made for the first file and is the poller's; a file costs no descriptor.
 *
 * <p>What it tells is to read again. It also tells so when the file went, as far as the kernel says so, and all at once
 * when events were lost. Of a cgroup's removal kernels say nothing (measured on 6.12 and 6.18) and keep the watch: whoever
 * removes a cgroup cancels the watches of its files. Thread-safe.
 */
public final class FileChanges {

    private static final Logger LOG = LoggerFactory.getLogger(FileChanges.class);

    private final Linux linux;
    private final Poller poller;
    private final Map<Integer, List<Watch>> watches = new HashMap<>();
    private @Nullable Inotify queue;

    /** Watches nothing yet, and holds no descriptor. */
    public FileChanges(Linux linux, Poller poller) {
        this.linux = linux;
        this.poller = poller;
    }

    /**
     * Watches a file's content until the watch is cancelled or the file goes.
     *
     * @param name what messages call the file, for the path may lead through a descriptor
     * @param changed what to do then, on the poller's thread: it must not block nor throw. Changes that follow each other
     *     closely may be told once. What changed before this call returns may be told or not: read once after it.
     * @throws InotifyLimitException if the queue or the watch is one too many
     * @throws ErrnoException ENOENT if there is no such file, EACCES if it may not be read
     * @throws IllegalStateException if the poller is closed
     */
    public synchronized Watch watch(Path file, String name, Runnable changed) throws IOException {
        int number = add(file, name);
        Watch watch = new Watch(number, name, changed);
        watches.computeIfAbsent(number, any -> new ArrayList<>()).add(watch);
        return watch;
    }

    /** {@return the watch's number, the same as before for a file that is watched already} */
    private int add(Path file, String name) throws IOException {
        Inotify made = queue();
        try {
            return made.add(file, IN_MODIFY);
        } catch (ErrnoException e) {
            ErrnoException named = e.about(name);
            throw e.is(Errno.ENOSPC) ? InotifyLimitException.ofWatches(linux, named) : named;
        }
    }

    private Inotify queue() throws IOException {
        if (queue == null) {
            Inotify made = create();
            poller.watch(made.fd(), EPOLLIN, new QueueHandler(made));
            queue = made;
        }
        return queue;
    }

    private Inotify create() throws IOException {
        try {
            return Inotify.create(linux);
        } catch (ErrnoException e) {
            throw e.is(Errno.EMFILE) ? InotifyLimitException.ofQueues(linux, e) : e;
        }
    }

    /** {@return how many watches there are} */
    public synchronized int size() {
        return watches.values().stream().mapToInt(List::size).sum();
    }

    private synchronized Set<Watch> concerned(List<WatchEvent> events) {
        Set<Watch> concerned = new LinkedHashSet<>();
        for (WatchEvent event : events) {
            if ((event.mask() & IN_Q_OVERFLOW) != 0) {
                watches.values().forEach(concerned::addAll);
            }
            concerned.addAll(watches.getOrDefault(event.watch(), List.of()));
            if ((event.mask() & IN_IGNORED) != 0) {
                watches.remove(event.watch());
            }
        }
        return concerned;
    }

    private synchronized void remove(Watch watch) {
        List<Watch> same = watches.get(watch.number);
        if (same == null || !same.remove(watch) || !same.isEmpty()) {
            return;
        }
        watches.remove(watch.number);
        if (queue != null) {
            try {
                queue.remove(watch.number);
            } catch (ErrnoException e) {
                LOG.warn("{} stays watched for nobody", watch.name, e);
            }
        }
    }

    /** Nobody uses the queue's descriptor after this. */
    private synchronized void forgetQueue() {
        watches.clear();
        queue = null;
    }

    /** A file that is watched. Thread-safe. */
    public final class Watch {

        private final int number;
        private final String name;
        private final Runnable changed;
        private volatile boolean cancelled;

        private Watch(int number, String name, Runnable changed) {
            this.number = number;
            this.name = name;
            this.changed = changed;
        }

        /** Ends the watch; nothing is told after this but what is being told already. A second call does nothing. */
        public void cancel() {
            cancelled = true;
            remove(this);
        }

        private void tell() {
            if (cancelled) {
                return;
            }
            try {
                changed.run();
            } catch (RuntimeException e) {
                LOG.error("what is to be done at changes of {} failed; it is not done again", name, e);
                cancel();
            }
        }
    }

    private final class QueueHandler implements Poller.Handler {

        private final Inotify own;

        private QueueHandler(Inotify own) {
            this.own = own;
        }

        @Override
        public void ready(Poller.Watch watch, int events) {
            try {
                concerned(own.drain()).forEach(Watch::tell);
            } catch (ErrnoException e) {
                LOG.error("no change of a file is noticed any more that was watched so far", e);
                forgetQueue();
                watch.cancel();
            }
        }

        @Override
        public void abandoned() {
            forgetQueue();
        }
    }
}
