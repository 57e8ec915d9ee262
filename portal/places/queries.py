"""What is asked about places and about the installation itself."""

from django.conf import settings

from .models import Installation


def is_demonstration() -> bool:
    """Is this the demonstration, whose people and phones are invented?  In production never,
    whatever the database says."""
    return (
        settings.MAY_BE_A_DEMONSTRATION
        and Installation.objects.filter(is_demonstration=True).exists()
    )
