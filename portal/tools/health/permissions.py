"""Who may ask how the machine is."""


def may_anyone_ask_for_health() -> bool:
    """Anybody: the answer names what fails and tells nothing more."""
    return True
