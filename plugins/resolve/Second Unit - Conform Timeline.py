"""In the menu Workspace > Scripts: make the master of this timeline, every take at final quality.

Untested inside Resolve itself. Standard library only; the engine runs in a process of its own.
"""

import os
import sys

INSTALLED_IN = ""  # the installer writes the folder of secondunit_resolve here: Resolve does not define __file__

sys.path.insert(0, INSTALLED_IN or os.path.dirname(os.path.abspath(__file__)))

from secondunit_resolve import menu  # noqa: E402

menu.start("conform", globals())
