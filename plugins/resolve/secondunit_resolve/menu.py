"""What a menu script runs: one action, with every ending said aloud. A script that ends in silence looks broken."""

from pathlib import Path

from . import actions, ask, engine_command
from .trouble import Trouble


def start(action, names):
    """Run an action with the `resolve` (or `app`, `bmd`) that Resolve put among the script's names."""
    window = ask_command()
    told = "Something went wrong in the script. Workspace > Console has the details."
    try:
        told = getattr(actions, action)(
            find_resolve(names), engine_command.run, lambda question: ask.ask(question, window)
        )
    except Trouble as trouble:
        told = str(trouble)
    finally:
        ask.say(told, window)


def find_resolve(names):
    """Resolve's root object, by any of the names it may have; None if it gives none."""
    if names.get("resolve") is not None:
        return names["resolve"]
    if names.get("bmd") is not None:
        return names["bmd"].scriptapp("Resolve")
    if names.get("app") is not None:
        return names["app"].GetResolve()
    return None


def ask_command():
    """How to open a small window: with the Python that runs Second Unit, or the one on the PATH."""
    try:
        words = engine_command.command()
    except Trouble:
        words = []
    python = words[0] if len(words) > 1 else "python3"  # sys.executable may be Resolve itself
    return [python, str(Path(__file__).with_name("ask.py"))]
