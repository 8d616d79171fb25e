package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.isArm;

/**
 * Sizes and offsets, in bytes, of the C structs that Corral reads and writes, for 64-bit Linux. Buffers are given
 * {@link #SLACK} beyond the struct: a kernel once wrote past the end of one it had been told was shorter.
 */
final class Structs {

    /** Room that nobody asked for, after every struct. */
    static final int SLACK = 64;

    private Structs() {}

    /** {@code struct __user_cap_header_struct { uint32_t version; int pid; }} of capget(2). */
    static final class CapHeader {
        static final int SIZE = 8;
        static final int VERSION = 0;

        /** {@code _LINUX_CAPABILITY_VERSION_3}, since Linux 2.6.26: two structs of data. */
        static final int VERSION_3 = 0x20080522;

        private CapHeader() {}
    }

    /** {@code struct __user_cap_data_struct { uint32_t effective, permitted, inheritable; }}, twice. */
    static final class CapData {
        static final int SIZE = 24;
        static final int INHERITABLE_LOW = 8;
        static final int INHERITABLE_HIGH = 20;

        private CapData() {}
    }

    /** {@code struct epoll_event { uint32_t events; epoll_data_t data; }}, packed on x86-64 alone. */
    static final class EpollEvent {
        static final int SIZE = isArm() ? 16 : 12;
        static final int EVENTS = 0;
        static final int DATA = isArm() ? 8 : 4;

        private EpollEvent() {}
    }

    /** {@code struct ifreq { char name[IFNAMSIZ]; union { short flags; … }; }} of netdevice(7). */
    static final class Ifreq {
        static final int SIZE = 40;
        static final int FLAGS = 16;

        private Ifreq() {}
    }

    /** {@code struct inotify_event { int wd; uint32_t mask, cookie, len; char name[]; }}. */
    static final class InotifyEvent {
        static final int SIZE = 16;
        static final int WATCH = 0;
        static final int MASK = 4;
        static final int LENGTH = 12;

        private InotifyEvent() {}
    }

    /** {@code struct dirent64 { ino64_t ino; off64_t off; unsigned short reclen; unsigned char type; char name[]; }}. */
    static final class Dirent64 {
        static final int LENGTH = 16;
        static final int TYPE = 18;
        static final int NAME = 19;

        private Dirent64() {}
    }

    /** {@code struct mount_attr { __u64 attr_set, attr_clr, propagation, userns_fd; }}. */
    static final class MountAttr {
        static final int SIZE = 32;
        static final int SET = 0;

        private MountAttr() {}
    }

    /** {@code struct open_how { __u64 flags, mode, resolve; }}. */
    static final class OpenHow {
        static final int SIZE = 24;
        static final int FLAGS = 0;
        static final int MODE = 8;
        static final int RESOLVE = 16;

        private OpenHow() {}
    }

    /**
     * {@code struct pidfd_info { __u64 mask, cgroupid; __u32 pid, tgid, ppid, ruid, rgid, euid, egid, suid, sgid, fsuid,
     * fsgid; __s32 exit_code; }} in its first size.
     */
    static final class PidfdInfo {
        static final int SIZE = 64;
        static final int MASK = 0;
        static final int EXIT_CODE = 60;

        private PidfdInfo() {}
    }

    /** {@code struct rlimit64 { __u64 rlim_cur, rlim_max; }}. */
    static final class Rlimit64 {
        static final int SIZE = 16;
        static final int SOFT = 0;
        static final int HARD = 8;

        private Rlimit64() {}
    }

    /** {@code siginfo_t { int signo, errno, code, padding; pid_t pid; uid_t uid; int status; …}}, as waitid(2) fills it. */
    static final class Siginfo {
        static final int SIZE = 128;
        static final int CODE = 8;
        static final int PID = 16;
        static final int STATUS = 24;

        private Siginfo() {}
    }

    /** {@code struct statfs}: its first word is the magic. */
    static final class Statfs {
        static final int SIZE = 120;
        static final int TYPE = 0;

        private Statfs() {}
    }

    /** {@code struct termios} of glibc, which is not the kernel's. */
    static final class Termios {
        static final int SIZE = 60;
        static final int INPUT_FLAGS = 0;
        static final int LOCAL_FLAGS = 12;
        static final int CONTROL_CHARACTERS = 17;

        private Termios() {}
    }

    /** {@code struct winsize}; its other half is in pixels. */
    static final class Winsize {
        static final int SIZE = 8;
        static final int ROWS = 0;
        static final int COLUMNS = 2;

        private Winsize() {}
    }

    /** {@code struct statx}, the same on every architecture. */
    static final class Statx {
        static final int SIZE = 256;
        static final int LINKS = 16;
        static final int UID = 20;
        static final int GID = 24;
        static final int MODE = 28;
        static final int INODE = 32;
        static final int BLOCKS = 48;
        static final int DEVICE_MAJOR = 128;
        static final int DEVICE_MINOR = 132;
        static final int FILESYSTEM_MAJOR = 136;
        static final int FILESYSTEM_MINOR = 140;
        static final int BASIC_STATS = 0x7ff;

        private Statx() {}
    }
}
