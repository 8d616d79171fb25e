package org.corral.linux;

import java.util.concurrent.ThreadFactory;

/** A thread that keeps no virtual machine alive, and whose end can be waited for whatever happens. Thread-safe. */
public final class DaemonThread {

    private final Thread thread;

    /** Makes it; it does not run yet. */
    public DaemonThread(Runnable work, String name) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    /** {@return what makes such threads for an executor, all of that name} */
    public static ThreadFactory factory(String name) {
        return work -> new DaemonThread(work, name).thread();
    }

    /** Starts it. */
    public void start() {
        thread.start();
    }

    /** {@return whether this is the thread that asks} */
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** {@return it, to be woken} */
    public Thread thread() {
        return thread;
    }

    /** Waits for its end. An interrupt does not end the wait, and is not lost. */
    public void join() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
