package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.event.Poller;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FaultyLinux;

/** v1 memory cgroups of a fake kernel, which notifies as often as a test says; eventfds and poller are real. */
final class NotifyingHost implements AutoCloseable {

    private final FaultyLinux events = new FaultyLinux();
    private final List<CgroupDir> opened = new ArrayList<>();
    private final FakeLinux kernel;
    private final FakeHierarchy memory;
    private final Poller poller;
    private final int ofThePoller;

    NotifyingHost(Path root) throws Exception {
        kernel = new FakeLinux(root);
        memory = kernel.mountV1("memory", Controller.MEMORY);
        poller = Poller.start(events.linux());
        ofThePoller = eventFds();
    }

    FaultyLinux events() {
        return events;
    }

    FakeLinux kernel() {
        return kernel;
    }

    Poller poller() {
        return poller;
    }

    /** {@return a cgroup, which is made if it is not there} */
    FakeCgroup cgroup(String name) {
        return memory.make("/" + name);
    }

    CgroupDir directory(String name) throws Exception {
        cgroup(name);
        CgroupDir dir = CgroupDir.open(kernel.linux(), memory.described(), CgroupPath.of("/" + name));
        opened.add(dir);
        return dir;
    }

    EventControl control(String name) throws Exception {
        return new EventControl(events.linux(), directory(name));
    }

    /** Removes a cgroup, as another process would. */
    void remove(String name) {
        memory.remove("/" + name);
    }

    /** {@return the numbers of the eventfds that a cgroup was connected with, in the order of the connections} */
    List<Integer> connections(String name, String arguments) {
        String file = "/" + name + "/cgroup.event_control, ";
        return kernel.calls().recorded("write").stream()
                .filter(write -> write.contains(file))
                .filter(write ->
                        write.matches(".*\"\\d+ \\d+" + (arguments.isEmpty() ? "" : " " + arguments) + "\"\\)"))
                .map(write -> Integer.valueOf(write.replaceAll(".*\"(\\d+) .*", "$1")))
                .toList();
    }

    /** Notifies of something in a cgroup, as the kernel does. */
    void fire(String name, String arguments, long times) throws Exception {
        List<Integer> connections = connections(name, arguments);
        byte[] count = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(times)
                .array();
        events.linux().files().write(connections.get(connections.size() - 1), count);
    }

    /** {@return how many eventfds are open but for the poller's} */
    int eventFds() {
        long all = events.openDescriptors().values().stream()
                .filter("eventFd"::equals)
                .count();
        return (int) all - ofThePoller;
    }

    @Override
    public void close() {
        poller.close();
        opened.forEach(CgroupDir::close);
        assertThat(events.openDescriptors()).isEmpty();
        assertThat(events.closedTwice()).isEmpty();
    }
}
