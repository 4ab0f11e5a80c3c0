"""Small pieces of HTML as Python functions, for table cells and template tags alike: cheap, escaped, no templates."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from akinai.foundation.core import clock, money

from .statuses import TONES, statuses

_WEEKDAYS = "月火水木金土日"
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_japanese() -> bool:
    """True if the reader reads Japanese (the default when nobody has said)."""
    return (get_language() or "ja").startswith("ja")


@lru_cache(maxsize=512)
def _icon(name: str, css: str, label: str) -> SafeString:
    words = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    sprite = static("vendor/icons.svg")
    return mark_safe(f'<svg class="{escape(css)}" {words}><use href="{sprite}#{escape(name)}"></use></svg>')  # noqa: S308


def icon(name: str, *, large: bool = False, label: str = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration and hidden from screen readers."""
    return _icon(name, "ak-i ak-i-lg" if large else "ak-i", str(label))


def yen(amount: int | None) -> SafeString:
    """`1,234円` with a small unit (`¥1,234` in English); nothing for None."""
    if amount is None:
        return SafeString("")
    if is_japanese():
        return mark_safe(f'{money.yen(int(amount))}<span class="ak-yen">円</span>')  # noqa: S308 - digits only
    sign = "−" if amount < 0 else ""
    return mark_safe(f'{sign}<span class="ak-yen">¥</span>{money.yen(abs(int(amount)))}')  # noqa: S308 - digits only


def badge(tone: str, label: object, icon_name: str = "", *, plain: bool = False, strong: bool = False) -> SafeString:
    """Word + icon in a tone; `plain` has no ground."""
    extra = (" plain" if plain else "") + (" q" if strong else "")
    pic = icon(icon_name) if icon_name else ""
    return mark_safe(f'<span class="ak-st{extra} {tone}">{pic}{escape(label)}</span>')  # noqa: S308 - label is escaped


def status(key: str, label: object = "", *, icon_name: str = "", plain: bool = False) -> SafeString:
    """A registered state (`check`, `deposit_unknown`), or a bare tone with its own words (`warn`)."""
    if key in statuses:
        known = statuses.get(key)
        return badge(known.tone, label or known.label, icon_name or known.icon, plain=plain, strong=known.queue)
    if key not in TONES:
        raise KeyError(f"no such status or tone: {key}")
    return badge(key, label, icon_name, plain=plain)


def link(url: str, words: object, css: str = "") -> SafeString:
    """A link with escaped words."""
    if css:
        return format_html('<a class="{}" href="{}">{}</a>', css, url, words)
    return format_html('<a href="{}">{}</a>', url, words)


def two_lines(first: object, second: object) -> SafeString:
    """A cell of two lines, the second a caption."""
    return format_html('{}<span class="ak-sub ak-blk">{}</span>', first, second)


def _jst(at: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return clock.aware(at) if isinstance(at, dt.datetime) else at


def day(at: dt.date | dt.datetime | None) -> str:
    """`11/24(火)` (`Tue 11/24`), in JST; with the year in front when it is not this year."""
    if at is None:
        return ""
    local = _jst(at)
    text = f"{local.month}/{local.day:02d}"
    if local.year != clock.today().year:
        text = f"{local.year}/{local.month:02d}/{local.day:02d}"
    if is_japanese():
        return f"{text}({_WEEKDAYS[local.weekday()]})"
    return f"{_DAY_NAMES[local.weekday()]} {text}"


def iso_day(text: str) -> str:
    """A date kept as text (`2026-11-24`) as `day` writes it; anything else as it is."""
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text


def postcode(code: str) -> str:
    """`426-0019` for `4260019`; anything but seven digits as it is."""
    return f"{code[:3]}-{code[3:]}" if len(code) == 7 and code.isdecimal() else code


def hour(at: dt.datetime | dt.time | None) -> str:
    """`9:50`, in JST."""
    if at is None:
        return ""
    local = clock.aware(at) if isinstance(at, dt.datetime) else at
    return f"{local.hour}:{local.minute:02d}"


def day_hour(at: dt.datetime | None) -> str:
    """`11/24(火) 9:50`, in JST."""
    return f"{day(at)} {hour(at)}" if at is not None else ""


def exact(at: dt.date | dt.datetime) -> str:
    """`2026-11-24 09:50`, what is shown on hover."""
    local = _jst(at)
    return local.strftime("%Y-%m-%d %H:%M") if isinstance(local, dt.datetime) else local.isoformat()


def duration(length: dt.timedelta) -> str:
    """`2時間10分`, `38分`, `3日`: the two largest units that matter (whole days from 48 hours)."""
    minutes = int(abs(length).total_seconds()) // 60
    if minutes >= 48 * 60:
        return gettext("%(n)s d") % {"n": minutes // (24 * 60)}
    hours, rest = divmod(minutes, 60)
    if not hours:
        return gettext("%(n)s min") % {"n": rest}
    if not rest or hours >= 10:
        return gettext("%(n)s h") % {"n": hours}
    return gettext("%(h)s h %(m)s min") % {"h": hours, "m": rest}


def _past(at: dt.datetime, now: dt.datetime) -> str:
    if (now - at) < dt.timedelta(minutes=1):
        return gettext("just now")
    days = (now.date() - at.date()).days
    if days == 0 or (now - at) < dt.timedelta(hours=6):
        return gettext("%(length)s ago") % {"length": duration(now - at)}
    if days == 1:
        return gettext("yesterday")
    return gettext("%(n)s d ago") % {"n": days} if days < 7 else day(at)


def _future(at: dt.datetime, now: dt.datetime) -> str:
    days = (at.date() - now.date()).days
    if days == 0 or (at - now) < dt.timedelta(hours=6):
        return gettext("in %(length)s") % {"length": duration(at - now)}
    if days == 1:
        return gettext("tomorrow %(time)s") % {"time": hour(at)}
    return day_hour(at)


def ago(at: dt.datetime) -> str:
    """How long ago or how long until: `38分前`, `昨日`, `あと2時間10分`, further away the date."""
    local, now = clock.aware(at), clock.now()
    return _past(local, now) if local <= now else _future(local, now)


def relative_time(at: dt.datetime | None) -> SafeString:
    """`ago()` in a `<time>` that tells the exact time on hover."""
    if at is None:
        return SafeString("")
    return format_html('<time datetime="{}" title="{}">{}</time>', clock.aware(at).isoformat(), exact(at), ago(at))


def person(key: str, label: str) -> str:
    """Who did something, by the key and label of an actor: what a job or the system did is automatic."""
    return gettext("automatic") if key == "system" or key.startswith("job:") else label or key


def initial(name: str) -> str:
    """The letter in the round mark of a person."""
    return name.strip()[:1].upper()
