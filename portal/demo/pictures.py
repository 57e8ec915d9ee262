"""Drawn pictures for the evidence: an extinguisher box with a cross, and with a tick."""

import io
from functools import cache

from PIL import Image, ImageDraw

from portal.tools.files.reading import Readied

SIZE = (960, 720)
WALL, FLOOR, BOX, BOTTLE = "#e8e4da", "#b9b2a3", "#c8473a", "#a62c22"
CROSS, TICK = "#1f2933", "#1e6b52"


@cache
def photo(*, mended: bool) -> Readied:
    """What stands for a photo before or after a repair."""
    image = Image.new("RGB", SIZE, WALL)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 600, 960, 720), fill=FLOOR)
    draw.rectangle((330, 250, 630, 600), fill=BOX, outline="#7a1f17", width=8)
    for left in (375, 500):
        draw.rounded_rectangle((left, 350, left + 85, 580), radius=30, fill=BOTTLE)
        draw.rectangle((left + 28, 315, left + 57, 352), fill=CROSS)
    if mended:
        draw.line((690, 430, 760, 510, 890, 330), fill=TICK, width=34, joint="curve")
    else:
        draw.line((700, 340, 880, 520), fill=CROSS, width=34)
        draw.line((880, 340, 700, 520), fill=CROSS, width=34)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, optimize=True)
    name = "整改后.jpg" if mended else "现场.jpg"
    return Readied(name, "photo", "image/jpeg", out.getvalue())
