"""A shop of its own as `akinai up` runs it: pages, background work and schedules, in a data folder that goes away."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from akinai.config.processes import PARENT_VARIABLE

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60


class ShopServer:
    """One shop: its data folder and, once started, its process tree and address. The clock is the real one."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="akinai-e2e-"))
        self.url = ""
        self.samples: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """Settings of the program, never those of the test run: SQLite in the folder, mails into the mailbox."""
        ours = {k: v for k, v in os.environ.items() if not k.startswith(("AKINAI_", "DATABASE_", "DJANGO_", "PYTEST_"))}
        return {
            **ours,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "akinai.config.settings",
            "AKINAI_DATA_DIR": str(self.folder),
            "AKINAI_MAIL_TRANSPORT": "mailbox",
            # a test run that is killed leaves no server behind
            PARENT_VARIABLE: str(os.getpid()),
            # one address signs in as everybody
            "AKINAI_LOGIN_ADDRESS_FREE": "1000",
        }

    @property
    def database(self) -> Path:
        """The file of its database, to look into without a process of its own."""
        return self.folder / "akinai.sqlite3"

    def start(self) -> None:
        """Run it and wait until pages are answered."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "akinai.config.cli", "up", "--port", str(port)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                process_group=0,
            )  # fmt: skip
        self.url = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(f"akinai up does not answer:\n{self.log()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """End the process tree as Ctrl-C does, and throw the folder away."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
        if not os.environ.get("AKINAI_E2E_KEEP"):
            shutil.rmtree(self.folder, ignore_errors=True)

    def akinai(self, *arguments: str, stdin: str = "", check: bool = True) -> str:
        """Run an `akinai` command on this shop; what it printed on standard output."""
        return self.python("akinai.config.cli", *arguments, stdin=stdin, check=check)

    def python(self, module: str, *arguments: str, stdin: str = "", check: bool = True) -> str:
        """Run a module on this shop's data in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            env=self.environment, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert not check or done.returncode == 0, f"{module} {arguments}: {done.stderr[-4000:]}"
        return done.stdout

    def asked(self, module: str, *arguments: str) -> Any:
        """What a module of the tests prints as JSON on its last line."""
        return json.loads(self.python(module, *arguments).strip().splitlines()[-1])

    def log(self) -> str:
        """What the processes said, for a failing test."""
        return (self.folder / "server.log").read_text(encoding="utf-8", errors="replace")[-6000:]

    def _answers(self) -> bool:
        try:
            urlopen(f"{self.url}/login/", timeout=10).close()
        except HTTPError as error:
            error.close()
            return True
        except (URLError, OSError):
            return False
        return True
