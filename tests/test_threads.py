import os
import subprocess
import sys

import pytest

from game.files import ROOT

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@pytest.mark.parametrize(("chosen", "threads"), [({}, "1"), (dict.fromkeys(NAMES, "2"), "2")])
def test_numpy_computes_on_one_thread_unless_the_player_chose_otherwise(chosen, threads):
    environment = {name: value for name, value in os.environ.items() if name not in NAMES} | chosen
    program = f"import game, os; print(*(os.environ[name] for name in {NAMES}))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert result.stdout.split() == [threads] * len(NAMES)
