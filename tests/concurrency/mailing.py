"""A worker process that delivers mail by SMTP, and may fall asleep right after the server has said 250."""

from __future__ import annotations

import os
import time


def main() -> None:
    """Work on the test's database until told to stop; `AKINAI_TEST_SLEEP_AT` names the mail to fall asleep after."""
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    settings.DATABASES["default"]["NAME"] = os.environ["AKINAI_TEST_DATABASE"]
    settings.AKINAI_MAIL_TRANSPORT = ""
    django.setup()
    from akinai.foundation.jobs.worker import run_worker
    from akinai.shop.messaging.adapters.smtp.adapter import SmtpTransport
    from akinai.shop.messaging.ports import OutgoingMail

    plain, sleeps_at, count = SmtpTransport.send, int(os.environ.get("AKINAI_TEST_SLEEP_AT", "0")), 0

    def send(self: SmtpTransport, mail: OutgoingMail) -> str:
        nonlocal count
        said = plain(self, mail)
        count += 1
        if count == sleeps_at:
            time.sleep(60)
        return said

    SmtpTransport.send = send  # type: ignore[method-assign]
    run_worker(poll=0.1, lease=3)


if __name__ == "__main__":
    main()
