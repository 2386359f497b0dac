"""Runs a command that ends when the process that started this one ends, however that ends.

    python die_with_parent.py PARENT COMMAND…

A process that is killed cannot stop its children; Linux can, for a child that asks. This file is
run by its path, before anything is imported that takes time.
"""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>


def main() -> None:
    """Ask, then become the command; ends at once where the parent has gone already."""
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        sys.exit(1)
    os.execv(command[0], command)


if __name__ == "__main__":
    main()
