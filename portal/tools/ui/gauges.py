"""A gauge: a part of a whole against a bar that law sets, judged by exact fractions."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from .words import count_words, percent_words

PLACES = 10_000


def along(part: int, whole: int) -> str:
    """Where `part` of `whole` lies on the bar, in percent of its length, cut to four places."""
    if whole <= 0:
        return "0%"
    ten_thousandths = min(max(part, 0), whole) * 100 * PLACES // whole
    return f"{ten_thousandths // PLACES}.{ten_thousandths % PLACES:04}%"


@dataclass(frozen=True, slots=True)
class Gauge:
    """`part` of `whole` (heads, or 0.01 ㎡ when the unit is "㎡") against the share `bar`.

    `needed` is the least number that clears the bar, by the rule that judges it; None if none can.
    `inclusive` bars are cleared by the share itself (以上), the others only by more (过半数).
    """

    part: int
    whole: int
    bar: Fraction
    inclusive: bool
    needed: int | None
    label: str
    unit: str

    @property
    def is_reached(self) -> bool:
        return self.needed is not None and self.part >= self.needed

    @property
    def figure_words(self) -> str:
        if self.unit == "㎡":
            return f"{count_words(self.part, '㎡')[:-2]} / {count_words(self.whole, '㎡')}"
        return f"{self.part:,} / {count_words(self.whole, self.unit)}"

    @property
    def share_words(self) -> str:
        return percent_words((self.part, self.whole))

    @property
    def rule_words(self) -> str:
        """The bar, and the least number that clears it."""
        facts = {"bar": f"{self.bar.numerator}/{self.bar.denominator}"}
        if self.needed is None:
            return (_("须达到 %(bar)s") if self.inclusive else _("须超过 %(bar)s")) % facts
        facts["needed"] = count_words(self.needed, self.unit)
        if self.inclusive:
            return _("须达到 %(bar)s，即至少 %(needed)s") % facts
        return _("须超过 %(bar)s，即至少 %(needed)s") % facts

    @property
    def verdict_words(self) -> str:
        """That the bar is cleared, or how much is still needed, if any number would do."""
        if self.is_reached:
            return _("已达到")
        if self.needed is None:
            return _("未达到")
        return _("还差 %(missing)s") % {"missing": count_words(self.needed - self.part, self.unit)}

    @property
    def filled_to(self) -> str:
        return along(self.part, self.whole)

    @property
    def bar_at(self) -> str:
        return along(self.bar.numerator, self.bar.denominator)
