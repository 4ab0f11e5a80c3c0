"""A worker process for tests: run as a module, on the database the test names."""

from __future__ import annotations

import os
import time

from akinai.foundation import jobs

STEP = "test.step"


@jobs.task(name=STEP)
def step(number: int, rest: float) -> None:
    """Leave one trace; a short or long rest lets the killer in between the write and the commit."""
    from akinai.foundation import audit

    audit.record(jobs.current_job().actor, "test.step", f"number:{number}")
    time.sleep(rest)


def main() -> None:
    """Work on the test's database until told to stop."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = os.environ["AKINAI_TEST_DATABASE"]
    django.setup()
    from akinai.foundation.jobs.worker import run_worker

    run_worker(poll=0.1, lease=3)


if __name__ == "__main__":
    import sys

    # The task is declared once, under the name the tests import
    sys.modules["tests.concurrency.working"] = sys.modules["__main__"]
    main()
