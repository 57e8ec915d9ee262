"""Places and equipment, the log of checks, defects and their mending."""

from .defects import Defect, Recheck, Repair
from .log import Check, LogBook
from .places import Equipment, FirePlace
from .retirements import Retirement

__all__ = [
    "Check",
    "Defect",
    "Equipment",
    "FirePlace",
    "LogBook",
    "Recheck",
    "Repair",
    "Retirement",
]
