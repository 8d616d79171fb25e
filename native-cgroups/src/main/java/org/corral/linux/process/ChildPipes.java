package org.corral.linux.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.raw.SpawnPlan;

/** The pipes to a child's standard input and from its standard output. Confined to one thread. */
final class ChildPipes implements AutoCloseable {

    private final Pipe in;
    private final Pipe out;
    private boolean handedOver;

    private ChildPipes(Pipe in, Pipe out) {
        this.in = in;
        this.out = out;
    }

    /** {@return new pipes, whose ends on this side do not block} */
    static ChildPipes create(Linux linux) throws IOException {
        Pipe in = Pipe.create(linux, "input of a child");
        try {
            linux.files().setNonBlocking(in.write().number());
            return new ChildPipes(in, output(linux));
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static Pipe output(Linux linux) throws IOException {
        Pipe out = Pipe.create(linux, "output of a child");
        try {
            linux.files().setNonBlocking(out.read().number());
            return out;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** {@return a plan whose child has these pipes before it does the plan's actions} */
    SpawnPlan into(SpawnPlan plan) {
        List<SpawnPlan.Action> actions = new ArrayList<>();
        actions.add(new SpawnPlan.Action.Duplicate(in.read().number(), 0));
        actions.add(new SpawnPlan.Action.Duplicate(out.write().number(), 1));
        actions.addAll(plan.actions());
        return plan.withActions(actions);
    }

    /** {@return where the child's input is written to} */
    Fd input() {
        return in.write();
    }

    /** {@return where the child's output is read from} */
    Fd output() {
        return out.read();
    }

    /** From now on the ends on this side belong to somebody else. */
    void handOver() {
        handedOver = true;
    }

    /** Closes the child's ends, and those on this side unless they were handed over. */
    @Override
    public void close() {
        in.read().close();
        out.write().close();
        if (!handedOver) {
            in.close();
            out.close();
        }
    }
}
