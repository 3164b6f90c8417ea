/*
 * What a media worker may ask of the kernel. Everything else is answered as a kernel would that does not know the call,
 * so that libraries take their second way; files are "not permitted"; and what no worker has a reason to try, but whoever
 * took it over has, ends the process on the spot.
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#else
#error "no list of system calls for this architecture"
#endif

#define NUMBER offsetof(struct seccomp_data, nr)
#define ARGUMENT(n) (offsetof(struct seccomp_data, args) + 8 * (n)) /* its lower half; both architectures are little endian */
#define LOAD(where) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, where)
#define RETURN(what) BPF_STMT(BPF_RET | BPF_K, what)
#define REFUSE(error) RETURN(SECCOMP_RET_ERRNO | (error))
#define ON(call, what) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1), what
#define ALLOW(call) ON(call, RETURN(SECCOMP_RET_ALLOW))
#define KILL(call) ON(call, RETURN(SECCOMP_RET_KILL_PROCESS))
/* `steps` follow, as many as `count` says, for this call alone. */
#define WHEN(call, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, count)
#define IF_IS(value, what) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1), what
#define IF_HAS(bits, what) BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), what
/* Memory is written or run, never made runnable. */
#define NOT_EXECUTABLE(call) WHEN(call, 4), LOAD(ARGUMENT(2)), IF_HAS(PROT_EXEC, REFUSE(EPERM)), RETURN(SECCOMP_RET_ALLOW)
/* With an address it would connect a stream as connect() does. */
#define NO_FAST_OPEN(call, flags) \
  WHEN(call, 4), LOAD(ARGUMENT(flags)), IF_HAS(MSG_FASTOPEN, REFUSE(EACCES)), RETURN(SECCOMP_RET_ALLOW)
#define ONE_OF_TWO(call, argument, first, second) \
  WHEN(call, 6), LOAD(ARGUMENT(argument)), IF_IS(first, RETURN(SECCOMP_RET_ALLOW)), \
      IF_IS(second, RETURN(SECCOMP_RET_ALLOW)), REFUSE(EPERM)
#define ONLY(call, argument, value) \
  WHEN(call, 4), LOAD(ARGUMENT(argument)), IF_IS(value, RETURN(SECCOMP_RET_ALLOW)), REFUSE(EPERM)

/** @return whether it stands; a kernel or a container may not permit it. */
static int filter_calls(int pid) {
  struct sock_filter steps[] = {
      LOAD(offsetof(struct seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0),
      RETURN(SECCOMP_RET_KILL_PROCESS),
      LOAD(NUMBER),
#if defined(__x86_64__)
      /* The second table of numbers, of x32. */
      BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1),
      RETURN(SECCOMP_RET_KILL_PROCESS),
#endif
      /* Packets, and the pipes to the server; what is asked most comes first. */
      NO_FAST_OPEN(sendmsg, 2), NO_FAST_OPEN(sendmmsg, 3), NO_FAST_OPEN(sendto, 3),
#if defined(__x86_64__)
      ALLOW(epoll_wait), ALLOW(poll), ALLOW(time), ALLOW(pipe), ALLOW(getrlimit),
#endif
      ALLOW(recvmsg), ALLOW(recvmmsg), ALLOW(recvfrom), ALLOW(read), ALLOW(write), ALLOW(readv), ALLOW(writev), ALLOW(epoll_pwait), ALLOW(epoll_pwait2),
      ALLOW(epoll_ctl), ALLOW(epoll_create1), ALLOW(ppoll), ALLOW(pipe2), ALLOW(eventfd2), ALLOW(timerfd_create),
      ALLOW(timerfd_settime), ALLOW(bind), ALLOW(listen), ALLOW(accept), ALLOW(accept4), ALLOW(getsockname),
      ALLOW(getpeername), ALLOW(setsockopt), ALLOW(getsockopt), ALLOW(shutdown), ALLOW(close), ALLOW(fcntl),
      ALLOW(fstat), ALLOW(lseek), ONE_OF_TWO(ioctl, 1, FIONBIO, FIONREAD),
      ONE_OF_TWO(socket, 0, AF_INET, AF_INET6),
      /* Time, memory, threads, signals to itself. */
      ALLOW(clock_gettime), ALLOW(clock_getres), ALLOW(gettimeofday), ALLOW(clock_nanosleep), ALLOW(nanosleep),
      ALLOW(brk), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise), NOT_EXECUTABLE(mmap), NOT_EXECUTABLE(mprotect),
      ALLOW(futex), ALLOW(set_robust_list), ALLOW(get_robust_list), ALLOW(rseq), ALLOW(set_tid_address),
      ALLOW(sched_yield), ALLOW(sched_getaffinity), ALLOW(membarrier), ALLOW(getrandom), ALLOW(getrusage),
      ALLOW(uname), ALLOW(sysinfo), ALLOW(getpid), ALLOW(gettid), ALLOW(getppid), ALLOW(getuid), ALLOW(geteuid),
      ALLOW(getgid), ALLOW(getegid), ALLOW(rt_sigaction), ALLOW(rt_sigprocmask), ALLOW(rt_sigreturn),
      ALLOW(sigaltstack), ALLOW(restart_syscall), ALLOW(exit), ALLOW(exit_group),
      WHEN(clone, 4), LOAD(ARGUMENT(0)), IF_HAS(CLONE_THREAD, RETURN(SECCOMP_RET_ALLOW)), REFUSE(EPERM),
      ONLY(tgkill, 0, (uint32_t)pid),
      ONLY(prctl, 0, PR_SET_NAME),
      /* Limits are read, not set: both halves of the pointer to new ones are zero. */
      WHEN(prlimit64, 7), LOAD(ARGUMENT(2)), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 3), LOAD(ARGUMENT(2) + 4),
      IF_IS(0, RETURN(SECCOMP_RET_ALLOW)), REFUSE(EPERM), REFUSE(EPERM),
      /* Files: "not permitted" is what a library expects of a missing right. */
      ON(openat, REFUSE(EACCES)), ON(newfstatat, REFUSE(EACCES)), ON(statx, REFUSE(EACCES)),
      ON(faccessat, REFUSE(EACCES)), ON(readlinkat, REFUSE(EACCES)), ON(connect, REFUSE(EACCES)),
#if defined(__x86_64__)
      ON(open, REFUSE(EACCES)), ON(stat, REFUSE(EACCES)), ON(access, REFUSE(EACCES)), ON(readlink, REFUSE(EACCES)),
#endif
      /* Other programs, other processes, other rights, the kernel itself. */
      KILL(execve), KILL(execveat), KILL(ptrace), KILL(process_vm_readv), KILL(process_vm_writev), KILL(setuid),
      KILL(setgid), KILL(setreuid), KILL(setregid), KILL(setresuid), KILL(setresgid), KILL(setgroups), KILL(setfsuid),
      KILL(setfsgid), KILL(capset), KILL(unshare), KILL(setns), KILL(mount), KILL(umount2), KILL(pivot_root),
      KILL(chroot), KILL(open_by_handle_at), KILL(bpf), KILL(perf_event_open), KILL(userfaultfd), KILL(keyctl),
      KILL(add_key), KILL(request_key), KILL(init_module), KILL(finit_module), KILL(delete_module), KILL(kexec_load),
      KILL(reboot), KILL(swapon), KILL(swapoff),
      REFUSE(ENOSYS),
  };
  const struct sock_fprog program = {sizeof steps / sizeof *steps, steps};
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}
