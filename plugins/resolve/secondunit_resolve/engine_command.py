"""The engine, from here: the `secondunit` command in a process of its own, one JSON document in answer.

Resolve's Python must not load our libraries, so nothing of ours is imported.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from .trouble import Trouble

_INSTALL = "Install Second Unit, then run: secondunit install-plugins"


def command():
    """How to start `secondunit`: as the installer noted it, or from the PATH."""
    noted = Path(__file__).with_name("command.json") if "__file__" in globals() else None
    if noted is not None and noted.is_file():
        words = json.loads(noted.read_text("utf-8"))["command"]
        if Path(words[0]).is_file():
            return [str(word) for word in words]
    found = shutil.which("secondunit")
    if found is None:
        raise Trouble("The secondunit command is not found.", _INSTALL)
    return [found]


def run(*words, tell=print):
    """Run a `secondunit` command and return its document. Progress lines go to `tell`. Raises Trouble."""
    line = [*command(), *words, "--json"]
    # Resolve sets these for its own Python; ours must not inherit them.
    clean = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    flags = {"creationflags": 0x08000000} if sys.platform == "win32" else {}  # CREATE_NO_WINDOW
    last = ""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out:  # a pipe could fill while we read the other
        try:
            process = subprocess.Popen(
                line, stdout=out, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", env=clean,
                **flags,
            )  # fmt: skip
        except OSError as fault:
            raise Trouble(f"The secondunit command did not start: {fault.strerror}.", _INSTALL) from fault
        for progress in process.stderr or ():
            last = progress.strip() or last
            tell(progress.rstrip())
        code = process.wait()
        out.seek(0)
        answer = out.read()
    try:
        document = json.loads(answer)
    except ValueError:
        raise Trouble(f"secondunit ended with {code} and gave no answer. {last}".strip(), _INSTALL) from None
    if "error" in document:
        raise Trouble(document["error"]["message"], document["error"].get("mend", ""))
    if code != 0:
        raise Trouble(f"secondunit ended with {code}. {last}".strip())
    return document
