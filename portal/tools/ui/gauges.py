"""A gauge: a part of a whole against a bar that law sets, judged by exact fractions."""

from dataclasses import dataclass
from fractions import Fraction

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

    `inclusive` bars are cleared by the share itself (以上), the others only by more (过半数),
    as Civil Code art. 1259 reads these words.
    """

    part: int
    whole: int
    bar: Fraction
    inclusive: bool
    label: str
    unit: str

    @property
    def needed(self) -> int:
        """The least number that clears the bar."""
        exact = self.bar * self.whole
        least = -(-exact.numerator // exact.denominator)
        return least if self.inclusive or exact != least else least + 1

    @property
    def is_reached(self) -> bool:
        return self.whole > 0 and self.part >= self.needed

    @property
    def figure_words(self) -> str:
        if self.unit == "㎡":
            return f"{count_words(self.part, '㎡')[:-2]} / {count_words(self.whole, '㎡')}"
        return f"{self.part:,} / {count_words(self.whole, self.unit)}"

    @property
    def share_words(self) -> str:
        return percent_words((self.part, self.whole))

    @property
    def bar_words(self) -> str:
        return f"{self.bar.numerator}/{self.bar.denominator}"

    @property
    def needed_words(self) -> str:
        return count_words(self.needed, self.unit)

    @property
    def missing_words(self) -> str:
        return count_words(max(self.needed - self.part, 0), self.unit)

    @property
    def filled_to(self) -> str:
        return along(self.part, self.whole)

    @property
    def bar_at(self) -> str:
        return along(self.bar.numerator, self.bar.denominator)
