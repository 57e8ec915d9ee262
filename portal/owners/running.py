"""Whether a meeting runs on a compound's frozen roll; who holds meetings lies above, and says so.

running.asked.append(lambda compound: …)   in AppConfig.ready()
"""

from collections.abc import Callable
from uuid import UUID

asked: list[Callable[[UUID], bool]] = []


def is_in_use(compound: UUID) -> bool:
    """Whether some meeting has frozen this compound's roll and not counted yet."""
    return any(ask(compound) for ask in asked)
