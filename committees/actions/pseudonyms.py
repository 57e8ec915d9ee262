"""Pseudonyms for one meeting: they tell neither home nor owner, nor the order of the roll."""

import secrets


def distinct(letter: str, count: int) -> list[str]:
    """`count` different names such as v164623442, drawn at random."""
    drawn: set[int] = set()
    while len(drawn) < count:
        drawn.add(secrets.randbelow(10**12))
    shuffled = list(drawn)
    secrets.SystemRandom().shuffle(shuffled)
    return [f"{letter}{number:012}" for number in shuffled]
