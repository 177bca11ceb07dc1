"""The clock, passed in wherever a day or a time matters."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DEFAULT_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True)
class Clock:
    """Tells the time of a workspace's zone. HOSO_TODAY=YYYY-MM-DD moves the day, not the time of day."""

    zone: tzinfo
    read: Callable[[tzinfo], datetime] = datetime.now

    def now(self) -> datetime:
        moment = self.read(self.zone)
        day = overridden_day()
        return moment if day is None else moment.replace(year=day.year, month=day.month, day=day.day)

    def today(self) -> date:
        return self.now().date()


def clock_of(zone: str = DEFAULT_ZONE) -> Clock:
    """The clock of a zone by its IANA name. Raises ValueError for a name that no zone has."""
    try:
        return Clock(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(zone) from error


def overridden_day() -> date | None:
    """The day HOSO_TODAY asks for; None when it is not set or not a day."""
    try:
        return date.fromisoformat(os.environ.get("HOSO_TODAY", ""))
    except ValueError:
        return None
