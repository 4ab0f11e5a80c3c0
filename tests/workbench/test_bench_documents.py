from __future__ import annotations

import os
import subprocess
import sys

import pytest

PROGRAM = """
import json, django
django.setup()
from akinai.workbench.bench.documents import run
print(json.dumps(run()))
"""


@pytest.mark.slow
def test_500_delivery_notes_keep_their_limits() -> None:
    """In a process of its own, so that the memory of other tests does not count."""
    import json

    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "akinai.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    assert figures["notes"] == 500
    assert figures["progress_steps"] == 20
    # the time limit belongs to `make bench` on a quiet machine; memory and a coarse bound hold anywhere
    assert figures["peak_mb"] <= figures["limits"]["peak_mb"]
    assert figures["cpu_seconds"] <= 3 * figures["limits"]["cpu_seconds"]
