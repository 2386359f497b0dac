"""Checks of what single keys of the configuration hold; each raises ValueError with the reason."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EVERY = ("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually")
_ANY = datetime(2026, 1, 1)  # a cron line is checked as of some day, whichever


def network(text: str) -> str:
    """A validator for keys that hold a network such as ``10.1.0.0/16``."""
    ipaddress.ip_network(text, strict=False)
    return text


def web_address(text: str) -> str:
    """A validator for keys that hold an address of the web."""
    if not re.match(r"https?://[^\s/]", text):
        raise ValueError("not an address that begins with http:// or https://")
    return text


def server_address(text: str) -> str:
    """A validator for keys that hold the address under which a server answers programs, such as
    ``http://localhost:11434/v1``."""
    address = web_address(text)
    if not re.fullmatch(r"[^\s?#@]+", address):
        raise ValueError("not an address alone: without spaces, name, password, ? and #")
    return address.rstrip("/")


def cron_line(text: str) -> str:
    """A validator for keys that hold a cron line of five fields, or of six of which the last counts
    seconds, or a word such as ``@hourly``."""
    from cronsim import CronSim, CronSimError  # here: most commands read no cron line

    *fields, last = text.split() or [""]
    if not fields and last in _EVERY:
        return text
    seconds = [last] if len(fields) == 5 else []
    try:
        CronSim(" ".join(fields if seconds else (*fields, last)), _ANY)
        for field in seconds:
            CronSim(f"{field} * * * *", _ANY)  # counted as minutes are, from 0 to 59
    except CronSimError as error:
        raise ValueError(
            f"not a cron line: {str(error).lower()}; every hour is '0 * * * *'"
        ) from None
    return text


def zone_name(text: str) -> str:
    """A validator for keys that hold a time zone such as ``Asia/Karachi``."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("not a time zone such as Asia/Karachi") from None
    return text
