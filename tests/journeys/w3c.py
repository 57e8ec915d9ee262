"""The W3C checker (Nu Html Checker, tests/vendor/w3c) on pages as they came from the server."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

JAR = Path(__file__).parents[1] / "vendor/w3c/node_modules/vnu-jar/build/dist/vnu.jar"
MISSING = "the W3C checker is not installed: java, and make w3c"


def insist() -> None:
    """Skip the test, with the reason, where the checker is missing; fail if it is insisted on."""
    if JAR.exists() and shutil.which("java"):
        return
    if os.environ.get("XINGFULI_INSIST_ON_BROWSER"):
        pytest.fail(MISSING)
    pytest.skip(MISSING)


def faults(pages: dict[str, str], folder: Path) -> list[str]:
    """What is wrong in `pages` (name to source), a line for each fault; one start for all."""
    names = {}
    for number, (name, source) in enumerate(pages.items()):
        path = folder / f"{number}.html"
        path.write_text(source, encoding="utf-8")
        names[path.name] = name
    if not names:
        return []
    command = ["java", "-jar", str(JAR), "--errors-only", "--no-langdetect", "--format", "json"]
    done = subprocess.run(
        [*command, "--exit-zero-always", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return [
        f"{names[Path(said['url']).name]}:{said.get('lastLine')}: {said['message']}"
        f" {said.get('extract', '')[:200]!r}"
        for said in json.loads(done.stderr)["messages"]
        if said["type"] != "info"
    ]
