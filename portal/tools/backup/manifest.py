"""What a backup says of itself: its files with their hashes, and what the database held."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "xingfuli-backup/1"
NAME = "manifest.json"
CHUNK = 1 << 20


class BackupRefused(RuntimeError):
    """A backup cannot be made or put back; `reasons` are all of why, each with its remedy."""

    def __init__(self, *reasons: str) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Contents:
    """What one snapshot of the database holds."""

    counts: dict[str, int]  # rows of every table
    evidence: dict[str, str]  # a digest of all rows of every table of evidence
    migrations: list[str]


@dataclass(frozen=True, slots=True)
class Manifest:
    """`keyring` tells which keys read the personal data, without telling them; `keys` is the hash
    of their archive, which lies elsewhere, or empty."""

    made_at: str
    server: int
    contents: Contents
    keyring: str
    keys: str
    files: dict[str, str] = field(default_factory=dict)  # name in the folder to SHA-256

    def write(self, folder: Path) -> None:
        said: dict[str, Any] = {"format": FORMAT, **asdict(self)}
        text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True)
        (folder / NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a whole backup whose files are as they were; refuses any other."""
        try:
            said = json.loads((folder / NAME).read_text(encoding="utf-8"))
            if said.pop("format") != FORMAT:
                raise BackupRefused(f"{folder}: the backup has another format than {FORMAT}")
            found = cls(**{**said, "contents": Contents(**said["contents"])})
        except (OSError, ValueError, KeyError, TypeError):
            raise BackupRefused(
                f"{folder} is not a whole backup: it has no {NAME} that can be read"
            ) from None
        wrong = [name for name, digest in found.files.items() if sha256(folder / name) != digest]
        if wrong:
            raise BackupRefused(*(f"{folder / name} is missing or was changed" for name in wrong))
        return found


def sha256(path: Path) -> str:
    """The hash of a file, empty where there is none."""
    if not path.is_file():
        return ""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()
