"""Chokepoint: a strategy game about critical minerals."""

import ctypes
import os
import sys

# Threads make the last bits of a sum depend on the machine's load, and our arrays are too small to gain from them.
# The libraries read these names once, when numpy is first imported, so this stands before every other import.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

# Every turn of a batch frees and asks for the same hundreds of megabytes. By default glibc hands them back to the
# system in between, and fetching the pages anew can take longer than the arithmetic on them.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3  # names of mallopt in malloc.h
if sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "mallopt"):
    ctypes.CDLL(None).mallopt(M_MMAP_THRESHOLD, 32 << 20)  # the most it takes
    ctypes.CDLL(None).mallopt(M_TRIM_THRESHOLD, 1 << 30)

__version__ = "0.1.0"
