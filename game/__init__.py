"""Chokepoint: a strategy game about critical minerals."""

import os

# Threads make the last bits of a sum depend on the machine's load, and our arrays are too small to gain from them.
# The libraries read these names once, when numpy is first imported, so this stands before every other import.
for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")

__version__ = "0.1.0"
