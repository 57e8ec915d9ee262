"""Numbers, days and moments for readers: no figure reads as if a bar were met that is not."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import floor

from django.utils import timezone
from django.utils.translation import get_language

NOTHING = "—"
PLACES = 2  # of a percentage
MOBILE_DIGITS = 11
TURNS = (Fraction(0), Fraction(1, 2), Fraction(2, 3), Fraction(1))  # where a share changes its word
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def area_words(hundredths: int) -> str:
    """An area in 0.01 ㎡ as "1,089.32 ㎡"."""
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole:,}.{rest:02} ㎡"


def count_words(number: int, unit: str = "") -> str:
    """A whole number with its unit; the unit "㎡" means that the number is in 0.01 ㎡."""
    if unit == "㎡":
        return area_words(number)
    return f"{number:,} {unit}" if unit else f"{number:,}"


def day_words(day: date) -> str:
    """A calendar day as 2026年11月22日, in English 22 Nov 2026; of a moment, its local day."""
    if isinstance(day, datetime):
        day = timezone.localdate(day) if timezone.is_aware(day) else day.date()
    if (get_language() or "").startswith("en"):
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def moment_words(at: datetime) -> str:
    """A moment as 2026年11月22日 09:05, by the clock where the reader is."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{day_words(local.date())} {local:%H:%M}"


def deadline_words(at: datetime) -> str:
    """A moment by which something must be done: midnight is 24:00 of the day that ends with it."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    if local.time() == time.min:
        return f"{day_words(local.date() - timedelta(days=1))} 24:00"
    return moment_words(at)


def phone_words(number: str) -> str:
    """A phone as people here write it: +8613800000000 is 138 0000 0000, others stay whole."""
    home = number.removeprefix("+86")
    if len(home) == MOBILE_DIGITS and home.isdigit():
        return f"{home[:3]} {home[3:7]} {home[7:]}"
    return number


def percent_words(share: Fraction | tuple[int, int]) -> str:
    """A share in percent with the places it has (`percent_places`); of nothing, (n, 0), a dash."""
    part, whole = (share.numerator, share.denominator) if isinstance(share, Fraction) else share
    if not whole:
        return NOTHING
    exact = Fraction(part, whole)
    places = percent_places(exact)
    percent, rest = divmod(_half_up(abs(exact), places), 10**places)
    return f"{'-' if exact < 0 else ''}{percent}.{rest:0{places}}%"


def percent_places(share: Fraction) -> int:
    """Two, or as many more as a share rounded half up takes to stay on its own side of nothing,
    half, two thirds and all: 49.996% is never 50.00%."""
    exact, places = abs(share), PLACES
    while not _is_on_its_side(exact, Fraction(_half_up(exact, places), 100 * 10**places)):
        places += 1
    return places


def _half_up(exact: Fraction, places: int) -> int:
    scale: int = 100 * 10**places
    return floor(exact * scale + Fraction(1, 2))


def _is_on_its_side(exact: Fraction, shown: Fraction) -> bool:
    """Whether what is shown lies above or below each turn where the exact share does."""
    return all(
        (shown > turn) == (exact > turn) and (shown < turn) == (exact < turn)
        for turn in TURNS
        if exact != turn
    )
