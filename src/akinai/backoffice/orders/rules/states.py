"""The words rules are described with."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RuleState(TextChoices):
    """How far a rule is: written, only watched, at work, or put away."""

    DRAFT = "draft", pgettext_lazy("rule", "Draft")
    SHADOW = "shadow", pgettext_lazy("rule", "Watching")
    ON = "on", pgettext_lazy("rule", "On")
    OFF = "off", pgettext_lazy("rule", "Off")


class DeedState(TextChoices):
    """What became of one thing a rule did to an order."""

    STANDS = "stands", pgettext_lazy("deed of a rule", "done")
    TAKEN_BACK = "taken_back", pgettext_lazy("deed of a rule", "taken back")
    LEFT = "left", _("changed by a person since")
    NOT_DONE = "not_done", _("not possible")


class LogKind(TextChoices):
    """Why a line of the log was written."""

    HIT = "hit", _("The conditions hold")
    ENDED = "ended", _("The conditions no longer hold")


#: Icon and tone of each state.
RULE_LOOK: dict[str, tuple[str, str]] = {
    RuleState.DRAFT: ("pencil", "wait"),
    RuleState.SHADOW: ("eye", "act"),
    RuleState.ON: ("check", "ok"),
    RuleState.OFF: ("player-pause", "wait"),
}
