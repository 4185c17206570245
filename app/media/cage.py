"""The cage around a process that opens a stranger's photo, sound or film: what it may take, and ask of the system.

`bound` comes first of all, before a byte is read: memory, time, files, processes. `shut` comes when everything is
loaded and before anything is decoded: from then on the system answers only what a calculation needs. No file opens,
no process starts, no network is there, whatever a decoder that was taken over asks for. Both hold for good; neither
can be undone from inside.
"""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import signal
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress

# Addresses, which is more than what is used: measured over the hostile corpus and over photos of every phone, the
# process never held 500 MB (docs/decisions/0022-photos-are-drawn-again-elsewhere.md).
MOST_MEMORY = 490_000_000
MOST_CPU_SECONDS = 20
MOST_SECONDS = 40
# The three pipes it begins with, and the files of the libraries it loads.
MOST_FILES = 16
LATER = 5

_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE, _NOT_THERE = 0x7FFF0000, 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
_LOAD, _EQUALS, _HAS, _RETURN = 0x20, 0x15, 0x45, 0x06
_NUMBER_AT, _MACHINE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_CLONE3, _IN_THIS_PROCESS = 435, 0x00010000

# What memory, arithmetic, threads that wait for each other and a pipe that is already open ask of the kernel, by its
# numbers on x86_64 and aarch64.
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_CLONE = (56, 220)
_ASKED = {
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "fstat": (5, 80),
    "lseek": (8, 62),
    "mmap": (9, 222),
    "mprotect": (10, 226),
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "futex": (202, 98),
    "set_robust_list": (273, 99),
    "rseq": (334, 293),
    "gettid": (186, 178),
    "clock_gettime": (228, 113),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}


def bound(cpu_seconds: int = MOST_CPU_SECONDS, seconds: int = MOST_SECONDS) -> None:
    """Limit what this process may take, for good: so much memory, of a processor and by the clock."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_AS, MOST_MEMORY),
    ):
        _limit(what, most, most)
    # First the signal that says why, a second later the end.
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    # Ends it also when who started it is gone.
    signal.alarm(seconds)
    # Pages of families go first, and when a machine has no memory left, this process is the one that ends.
    os.nice(LATER)
    with suppress(OSError):
        first = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(first, b"1000")
        os.close(first)


def _limit(what: int, most: int, end: int) -> None:
    """Both bounds of one limit; where the host set a lower one, that stands."""
    _, theirs = resource.getrlimit(what)
    if theirs != resource.RLIM_INFINITY:
        most, end = min(most, theirs), min(end, theirs)
    resource.setrlimit(what, (most, end))


def shut(*, threads: bool = False) -> bool:
    """From here on the system answers only what a calculation needs; anything else is refused.

    Args:
        threads: whether the calculation takes more than one: libheif's decoder works in a thread of its own.

    Returns:
        whether this system can do that; elsewhere the limits still hold.
    """
    if not threads:
        _limit(resource.RLIMIT_NPROC, 0, 0)
    place, machine = _MACHINES.get(os.uname().machine, (0, 0)) if sys.platform == "linux" else (0, 0)
    if not machine:
        return False
    rules = _rules(machine, (_CLONE[place],) if threads else (), [numbers[place] for numbers in _ASKED.values()])
    code = ctypes.create_string_buffer(rules, len(rules))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(rules) // 8, ctypes.addressof(code)))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    return bool(
        prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and prctl(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0) == 0
    )


def _rules(machine: int, threads: Sequence[int], numbers: Sequence[int]) -> bytes:
    """A filter of system calls, as the kernel reads it: each rule says how many to jump over when it holds or not.

    https://docs.kernel.org/userspace-api/seccomp_filter.html
    """
    new_thread: tuple[tuple[int, int, int, int], ...] = ()
    if threads:
        # A new thread of this process, never a new process. The newer call says which in memory, where nobody can
        # look: it is not there, and the older one is asked.
        new_thread = (
            (_EQUALS, 0, 1, _CLONE3),
            (_RETURN, 0, 0, _NOT_THERE),
            (_EQUALS, 0, 4, threads[0]),
            (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
            (_HAS, 0, 1, _IN_THIS_PROCESS),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _REFUSE),
        )
    rules = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUALS, 1, 0, machine),
        (_RETURN, 0, 0, _REFUSE),
        (_LOAD, 0, 0, _NUMBER_AT),
        *new_thread,
        *((_EQUALS, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)
