package org.corral.linux.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.corral.linux.raw.Constants.AF_INET;
import static org.corral.linux.raw.Constants.AT_FDCWD;
import static org.corral.linux.raw.Constants.AT_RECURSIVE;
import static org.corral.linux.raw.Constants.FSCONFIG_SET_STRING;
import static org.corral.linux.raw.Constants.FSOPEN_CLOEXEC;
import static org.corral.linux.raw.Constants.MOUNT_ATTR_RDONLY;
import static org.corral.linux.raw.Constants.O_CLOEXEC;
import static org.corral.linux.raw.Constants.SIOCGIFFLAGS;
import static org.corral.linux.raw.Constants.SIOCSIFFLAGS;
import static org.corral.linux.raw.Constants.SOCK_DGRAM;
import static org.corral.linux.raw.Constants.SYS_FSCONFIG;
import static org.corral.linux.raw.Constants.SYS_FSOPEN;
import static org.corral.linux.raw.Constants.SYS_MOUNT_SETATTR;

import java.lang.ref.Reference;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.jspecify.annotations.Nullable;

/** {@link NamespaceCalls} on the running kernel. */
final class JnrNamespaceCalls extends JnrCalls implements NamespaceCalls {

    @Override
    public void unshare(int flags) throws ErrnoException {
        check(libc.unshare(flags), "unshare", "0x" + Integer.toHexString(flags));
    }

    @Override
    public void enter(int fd, int kind) throws ErrnoException {
        check(libc.setns(fd, kind), "setns", "fd " + fd + ", 0x" + Integer.toHexString(kind));
    }

    @Override
    public void setHostName(String name) throws ErrnoException {
        byte[] bytes = name.getBytes(UTF_8);
        check(libc.sethostname(bytes, bytes.length), "sethostname", name);
    }

    @Override
    public void mount(@Nullable String source, String target, @Nullable String type, long flags, @Nullable String data)
            throws ErrnoException {
        check(
                libc.mount(source, target, type, flags, data),
                "mount",
                (source == null ? "" : source + " on ") + target + (data == null ? "" : ", " + data));
    }

    @Override
    public void makeReadOnly(String mountPoint) throws ErrnoException {
        Pointer attributes = struct(Structs.MountAttr.SIZE);
        attributes.putLong(Structs.MountAttr.SET, MOUNT_ATTR_RDONLY);
        Pointer path = JnrFileCalls.cString(mountPoint);
        try {
            check(
                    libc.syscall(
                            SYS_MOUNT_SETATTR,
                            AT_FDCWD,
                            path.address(),
                            AT_RECURSIVE,
                            attributes.address(),
                            Structs.MountAttr.SIZE,
                            0),
                    "mount_setattr",
                    mountPoint + ", MOUNT_ATTR_RDONLY");
        } finally {
            Reference.reachabilityFence(attributes);
            Reference.reachabilityFence(path);
        }
    }

    @Override
    public int openFileSystem(String type) throws ErrnoException {
        Pointer name = JnrFileCalls.cString(type);
        try {
            return (int) check(libc.syscall(SYS_FSOPEN, name.address(), FSOPEN_CLOEXEC, 0, 0, 0, 0), "fsopen", type);
        } finally {
            Reference.reachabilityFence(name);
        }
    }

    @Override
    public void configure(int fileSystem, String key, String value) throws ErrnoException {
        Pointer name = JnrFileCalls.cString(key);
        Pointer text = JnrFileCalls.cString(value);
        try {
            check(
                    libc.syscall(SYS_FSCONFIG, fileSystem, FSCONFIG_SET_STRING, name.address(), text.address(), 0, 0),
                    "fsconfig",
                    key + "=" + value);
        } finally {
            Reference.reachabilityFence(name);
            Reference.reachabilityFence(text);
        }
    }

    @Override
    public int socket() throws ErrnoException {
        return check(libc.socket(AF_INET, SOCK_DGRAM | O_CLOEXEC, 0), "socket", "AF_INET");
    }

    @Override
    public int interfaceFlags(int socket, String device) throws ErrnoException {
        Pointer request = request(device);
        check(libc.ioctl(socket, SIOCGIFFLAGS, request), "ioctl", "SIOCGIFFLAGS of " + device);
        return request.getShort(Structs.Ifreq.FLAGS) & 0xffff;
    }

    @Override
    public void setInterfaceFlags(int socket, String device, int flags) throws ErrnoException {
        Pointer request = request(device);
        request.putShort(Structs.Ifreq.FLAGS, (short) flags);
        check(libc.ioctl(socket, SIOCSIFFLAGS, request), "ioctl", "SIOCSIFFLAGS of " + device);
    }

    private static Pointer request(String device) throws ErrnoException {
        byte[] name = device.getBytes(UTF_8);
        if (name.length >= Structs.Ifreq.FLAGS) {
            throw new ErrnoException("ioctl", Errno.ENODEV, device);
        }
        Pointer request = struct(Structs.Ifreq.SIZE);
        request.put(0, name, 0, name.length);
        return request;
    }
}
