"""Letters kept for a test to look at, and delivered when it says so."""


class Letters(list):
    """(letter, ids) in the order of sending."""

    def deliver(self) -> None:
        """Open every letter, and those that opening sends, until none is left."""
        from portal.tools import jobs

        while self:
            letter, ids = self.pop(0)
            jobs.open_letter(letter, **ids)
