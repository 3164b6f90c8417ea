/*
 * Starts a media worker with as little as it needs. mediasoup starts this instead of the worker, whose path is in
 * MEDIASOUP_WORKER_BIN; the process stays the same, so that mediasoup speaks with the worker by the pipes that it made.
 *
 *   launcher ARGUMENT...    becomes the worker, with these arguments
 *   launcher --tell         says in one line which walls stand here, and ends
 *
 * Where it is set-user-ID (an account of the workers alone), it leaves the server's account for good first. What can only
 * be done in the new program (no file, no other program, no debugger) is done by walls.so, which the loader brings in.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_UNUSED_FD 5 /* 0 to 2, and mediasoup's two pipes */

static void fail(const char *what) {
  fprintf(stderr, "launcher: %s: %s\n", what, strerror(errno));
  exit(70);
}

/** The account of the file, where it is set-user-ID; nothing of the caller's is kept. */
static void change_account(void) {
  uid_t uid = geteuid(), real = getuid();
  gid_t gid = getegid();
  if (uid == real && gid == getgid()) return;
  if (setresgid(gid, gid, gid) != 0) fail("setresgid");
  if (setresuid(uid, uid, uid) != 0) fail("setresuid");
  if (getuid() != uid || getgid() != gid || (uid != real && setresuid(real, real, real) == 0)) {
    errno = EPERM;
    fail("the account of the server was not left");
  }
}

/** No core, no file, no descriptor but those of mediasoup, and no right that a program could give. */
static void give_up(void) {
  const struct rlimit none = {0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0) fail("RLIMIT_CORE");
  if (setrlimit(RLIMIT_FSIZE, &none) != 0) fail("RLIMIT_FSIZE");
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) fail("PR_SET_NO_NEW_PRIVS");
  /* Of root that could not be given up, the number alone is left: a new program gets nothing outside the bounding set. */
  if (geteuid() == 0) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct nothing[2] = {{0, 0, 0}, {0, 0, 0}};
    for (int capability = 0; prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) == 0; capability++) continue;
    if (syscall(SYS_capset, &header, nothing) != 0) fail("capset");
  }
#ifdef SYS_close_range
  if (syscall(SYS_close_range, FIRST_UNUSED_FD, ~0U, 0) != 0)
#endif
  {
    long most = sysconf(_SC_OPEN_MAX);
    for (long fd = FIRST_UNUSED_FD; fd < most; fd++) close((int)fd);
  }
  umask(077);
  if (chdir("/") != 0) fail("/");
}

/** NAME=value of the caller's environment, or an empty string. */
static char *keep(const char *name) {
  const char *value = getenv(name);
  char *entry = NULL;
  if (asprintf(&entry, "%s=%s", name, value ? value : "") < 0) fail(name);
  return value ? entry : strdup("");
}

int main(int argc, char **argv) {
  char self[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
  if (length < 0) fail("/proc/self/exe");
  self[length] = 0;
  /* FOLDER/launch/launcher and FOLDER/walls.so: the first folder may be closed to the account of the workers. */
  for (int i = 0; i < 2; i++) {
    char *slash = strrchr(self, '/');
    if (slash) *slash = 0;
  }
  /* The loader takes blanks and colons of LD_PRELOAD for the ends of a name. */
  if (strpbrk(self, " :")) {
    errno = EINVAL;
    fail(self);
  }
  int tell = argc == 2 && strcmp(argv[1], "--tell") == 0;
  const char *program = tell ? "/proc/self/exe" : getenv("MEDIASOUP_WORKER_BIN");
  if (!program || !*program) {
    errno = EINVAL;
    fail("MEDIASOUP_WORKER_BIN");
  }
  char *preload = NULL;
  if (asprintf(&preload, "LD_PRELOAD=%s/walls.so", self) < 0) fail("walls.so");
  /* Passwords and keys are in the server's environment: the worker gets none of it. */
  char *environment[] = {preload, tell ? strdup("WALLS_TELL=1") : keep("MEDIASOUP_VERSION"), NULL};
  change_account();
  give_up();
  if (!tell) argv[0] = strdup(program); /* its name in lists of processes */
  execve(program, argv, environment);
  fail(program);
}
