/*
 * The walls around a media worker, put up inside of it before its first own instruction, when the loader has brought all
 * its libraries: what a worker does from then on needs no file, no program and no executable memory. launcher.c names
 * this file to the loader.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "filter.h"

/* Of linux/landlock.h, which older headers lack or have in part. */
struct ruleset {
  uint64_t fs, net, scoped;
};
#define CREATE_RULESET 444
#define RESTRICT_SELF 446
#define RULESET_VERSION 1
#define CONNECT_TCP 2
#define ABSTRACT_SOCKETS_AND_SIGNALS 3

/** The rights over files that this version of Landlock knows: all of them are taken. */
static uint64_t all_of_files(long version) {
  if (version >= 5) return (1ULL << 16) - 1;
  if (version >= 3) return (1ULL << 15) - 1;
  return version >= 2 ? (1ULL << 14) - 1 : (1ULL << 13) - 1;
}

/** No file at all, no TCP connection to anywhere, no signal and no abstract socket beyond these walls. */
static long close_files(void) {
  long version = syscall(CREATE_RULESET, NULL, 0, RULESET_VERSION);
  if (version <= 0) return 0;
  struct ruleset rules = {all_of_files(version), version >= 4 ? CONNECT_TCP : 0,
                          version >= 6 ? ABSTRACT_SOCKETS_AND_SIGNALS : 0};
  size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
  int fd = (int)syscall(CREATE_RULESET, &rules, size, 0);
  if (fd < 0) return 0;
  long failed = syscall(RESTRICT_SELF, fd, 0);
  close(fd);
  return failed ? 0 : version;
}

__attribute__((constructor)) static void put_up(void) {
  int tell = getenv("WALLS_TELL") != NULL;
  unsetenv("LD_PRELOAD");
  /* Else whoever has the same account may read its memory, and a crash would write it down. */
  int hidden = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
  int fixed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
  long landlock = close_files();
  int seccomp = filter_calls(getpid());
  if (!tell) return;
  struct rlimit core = {1, 1};
  getrlimit(RLIMIT_CORE, &core);
  int alone = hidden && fixed && core.rlim_max == 0;
  printf("{\"uid\":%d,\"gid\":%d,\"landlock\":%ld,\"seccomp\":%s,\"alone\":%s}\n", (int)getuid(), (int)getgid(), landlock,
         seccomp ? "true" : "false", alone ? "true" : "false");
  fflush(stdout);
  _exit(0);
}
