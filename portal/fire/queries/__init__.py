"""What is asked about fire safety."""

from .standing import Standing, on_time, standing, standings

__all__ = ["Standing", "on_time", "standing", "standings"]
