package org.corral.linux.raw;

import com.kenai.jffi.Platform;

/** Numbers of the kernel's and glibc's headers. Where architectures differ, those of the running one. */
public final class Constants {

    // open(2). O_DIRECTORY and O_NOFOLLOW are among the few flags on which arm differs.
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 1;
    public static final int O_RDWR = 2;
    public static final int O_CREAT = 0100;
    public static final int O_EXCL = 0200;
    public static final int O_APPEND = 02000;
    public static final int O_NONBLOCK = 04000;
    public static final int O_CLOEXEC = 02000000;
    public static final int O_PATH = 010000000;
    public static final int O_DIRECTORY = isArm() ? 040000 : 0200000;
    public static final int O_NOFOLLOW = isArm() ? 0100000 : 0400000;
    public static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    public static final int AT_REMOVEDIR = 0x200;
    static final int AT_NO_AUTOMOUNT = 0x800;
    public static final int AT_EMPTY_PATH = 0x1000;
    static final int AT_RECURSIVE = 0x8000;

    // fcntl(2)
    static final int F_GETFL = 3;
    static final int F_SETFL = 4;

    // openat2(2)
    public static final int RESOLVE_NO_XDEV = 0x01;
    public static final int RESOLVE_NO_MAGICLINKS = 0x02;
    public static final int RESOLVE_NO_SYMLINKS = 0x04;
    public static final int RESOLVE_BENEATH = 0x08;

    // readdir(3)
    static final byte DT_DIR = 4;
    static final byte DT_REG = 8;

    // stat(2): S_ISVTX, the sticky bit
    public static final int S_ISVTX = 01000;

    // statfs(2)
    public static final long CGROUP_SUPER_MAGIC = 0x27e0eb;
    public static final long CGROUP2_SUPER_MAGIC = 0x63677270;

    // epoll(7)
    public static final int EPOLLIN = 0x001;
    public static final int EPOLLPRI = 0x002;
    public static final int EPOLLOUT = 0x004;
    public static final int EPOLLERR = 0x008;
    public static final int EPOLLHUP = 0x010;

    // inotify(7)
    public static final int IN_MODIFY = 0x00000002;
    public static final int IN_Q_OVERFLOW = 0x00004000;
    public static final int IN_IGNORED = 0x00008000;

    // sysconf(3)
    static final int SC_CLK_TCK = 2;
    static final int SC_PAGESIZE = 30;

    // waitid(2)
    static final int P_PIDFD = 3;
    static final int WNOHANG = 1;
    static final int WEXITED = 4;
    static final int CLD_EXITED = 1;

    // pidfd_open(2); uapi/linux/pidfd.h: _IOWR(0xff, 11, struct pidfd_info) in its first size
    static final int PIDFD_THREAD = O_EXCL;
    static final long PIDFD_GET_INFO = 0xc040ff0bL;
    static final long PIDFD_INFO_EXIT = 1 << 3;

    // posix_spawn(3)
    static final short POSIX_SPAWN_SETSIGDEF = 0x04;
    static final short POSIX_SPAWN_SETSIGMASK = 0x08;
    static final short POSIX_SPAWN_SETSID = 0x80;
    static final short POSIX_SPAWN_SETCGROUP = 0x100;

    // unshare(2)
    public static final int CLONE_FS = 0x00000200;
    public static final int CLONE_NEWNS = 0x00020000;
    public static final int CLONE_NEWUTS = 0x04000000;
    public static final int CLONE_NEWIPC = 0x08000000;
    public static final int CLONE_NEWPID = 0x20000000;
    public static final int CLONE_NEWNET = 0x40000000;

    // mount(2), mount_setattr(2), uapi/linux/mount.h
    public static final long MS_NOSUID = 2;
    public static final long MS_NODEV = 4;
    public static final long MS_NOEXEC = 8;
    public static final long MS_BIND = 4096;
    public static final long MS_REC = 16384;
    public static final long MS_SLAVE = 1 << 19;
    static final long MOUNT_ATTR_RDONLY = 1;
    static final long FSOPEN_CLOEXEC = 1;
    static final long FSCONFIG_SET_STRING = 1;

    // socket(2), netdevice(7)
    static final int AF_INET = 2;
    static final int SOCK_DGRAM = 2;
    static final long SIOCGIFFLAGS = 0x8913;
    static final long SIOCSIFFLAGS = 0x8914;
    public static final int IFF_UP = 1;

    // termios(3) and signal(2)
    static final int TCSADRAIN = 1;
    static final int INLCR = 0x40;
    static final int ICRNL = 0x100;
    static final int IXON = 0x400;
    static final int ISIG = 1;
    static final int ICANON = 2;
    static final int ECHO = 8;
    static final int IEXTEN = 0x8000;
    static final int VTIME = 5;
    static final int VMIN = 6;
    static final long TIOCGWINSZ = 0x5413;
    static final long SIG_IGN = 1;

    // System calls that glibc 2.31 does not wrap; 424 and up are the same everywhere.
    static final long SYS_PIDFD_SEND_SIGNAL = 424;
    static final long SYS_FSOPEN = 430;
    static final long SYS_FSCONFIG = 431;
    static final long SYS_PIDFD_OPEN = 434;
    static final long SYS_OPENAT2 = 437;
    static final long SYS_MOUNT_SETATTR = 442;

    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLL_CTL_DEL = 2;

    private Constants() {}

    static boolean isArm() {
        return Platform.getPlatform().getCPU() == Platform.CPU.AARCH64;
    }
}
