"""Who may, where packages are read together: one line per right."""

from portal.accounts.permissions import Asker


def may_have_a_desk(user: Asker) -> bool:
    """Everyone signed in has a page of what waits for them."""
    return user.is_authenticated
