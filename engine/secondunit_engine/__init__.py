"""The engine: a brief becomes a finished, signed take.

Importing this package is cheap; each room imports its heavy libraries when it is entered.
"""

from secondunit_bridge import __version__

__all__ = ["__version__"]
