"""The cage around the process that opens a stranger's photo: what it may take, and what it may ask of the system.

`bound` comes first of all, before a byte is read: memory, time, files, processes. `shut` comes when everything is
loaded and before anything is decoded: from then on the system answers only what a calculation needs. No file opens,
no process starts, no network is there, whatever a decoder that was taken over asks for. Both hold for good; neither
can be undone from inside.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import struct
import sys

# Addresses, which is more than what is used: measured over the hostile corpus and over photos of every phone, the
# process never held 500 MB (docs/decisions/0022-photos-are-drawn-again-elsewhere.md).
MOST_MEMORY = 490_000_000
MOST_CPU_SECONDS = 20
MOST_SECONDS = 30
# The three pipes it begins with, and the files of the libraries it loads.
MOST_FILES = 16
LATER = 5

_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM
_LOAD, _EQUALS, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4

# What memory, arithmetic, threads that wait for each other and a pipe that is already open ask of the kernel, by its
# numbers on x86_64 and aarch64.
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
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
    "clock_gettime": (228, 113),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}


def bound() -> None:
    """Limit what this process may take, for good."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MOST_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_AS, MOST_MEMORY),
    ):
        resource.setrlimit(what, (most, most))
    # First the signal that says why, a second later the end.
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS + 1))
    # Ends it also when who started it is gone.
    signal.alarm(MOST_SECONDS)
    # Pages of families go first.
    os.nice(LATER)


def shut() -> bool:
    """From here on the system answers only what a calculation needs; anything else is refused.

    Returns:
        whether this system can do that; elsewhere the limits of `bound` still hold.
    """
    place, machine = _MACHINES.get(os.uname().machine, (0, 0)) if sys.platform == "linux" else (0, 0)
    if not machine:
        return False
    rules = _rules(machine, [numbers[place] for numbers in _ASKED.values()])
    code = ctypes.create_string_buffer(rules, len(rules))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(rules) // 8, ctypes.addressof(code)))
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, *(ctypes.c_ulong,) * 4)
    return bool(
        prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and prctl(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0) == 0
    )


def _rules(machine: int, numbers: list[int]) -> bytes:
    """A filter of system calls, as the kernel reads it: each rule says how many to jump over when it holds or not.

    https://docs.kernel.org/userspace-api/seccomp_filter.html
    """
    rules = [
        (_LOAD, 0, 0, _MACHINE_AT),
        (_EQUALS, 0, len(numbers) + 1, machine),
        (_LOAD, 0, 0, _NUMBER_AT),
        *((_EQUALS, len(numbers) - place, 0, number) for place, number in enumerate(numbers)),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *rule) for rule in rules)
