"""In the menu Workspace > Scripts: take over the cues that were moved as markers on our clips.

Untested inside Resolve itself. Standard library only; the engine runs in a process of its own.
"""

import os
import sys

INSTALLED_IN = ""  # the installer writes the folder of secondunit_resolve here: Resolve does not define __file__

sys.path.insert(0, INSTALLED_IN or os.path.dirname(os.path.abspath(__file__)))

from secondunit_resolve import menu  # noqa: E402

menu.start("markers", globals())
