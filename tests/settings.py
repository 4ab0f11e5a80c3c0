"""Settings of the test run: those of the program, with data in a folder of its own and a cheap password hash."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

if "AKINAI_DATA_DIR" not in os.environ:
    # Made once by the first process; workers and child processes inherit it
    _folder = tempfile.mkdtemp(prefix="akinai-tests-")
    os.environ["AKINAI_DATA_DIR"] = _folder
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)

from akinai.config.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
AKINAI_MAIL_TRANSPORT = "mailbox"
