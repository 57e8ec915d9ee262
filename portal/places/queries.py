"""What is asked about places and about the installation itself."""

from .models import Installation


def is_demonstration() -> bool:
    """Is this the demonstration, whose people and phones are invented?"""
    return Installation.objects.filter(is_demonstration=True).exists()
