"""JavaScript as somebody with Node writes it: one script at a time, with the driver that tests/node names.

The driver lies in `.cache/node`, where tests/setup/node.sh puts it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WANTED = ROOT / "tests/node/package.json"
INSTALLED = ROOT / ".cache/node"
PATIENCE = 60.0


def node_problem() -> str | None:
    """Why no JavaScript can ask here, or None when everything is in place."""
    if shutil.which("node") is None:
        return "no Node: node is not installed"
    complete = INSTALLED / "complete"
    if not complete.exists() or complete.read_bytes() != WANTED.read_bytes():
        return "no JavaScript driver: run sh tests/setup/node.sh"
    return None


def run_script(text: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What a script prints that lies in a folder beside the driver; it must end without a fault.

    `environment` comes on top of this process's own.
    """
    (folder / "node_modules").symlink_to(INSTALLED / "node_modules", target_is_directory=True)
    script = folder / "script.mjs"
    script.write_text(text, encoding="utf-8")
    ended = subprocess.run(
        ["node", str(script)],
        env=os.environ | environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout
