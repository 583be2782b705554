"""The gate before a real person's likeness. Its answer is no.

Our cast is fictional: nobody has to be asked. A cast member who stands for a real person is refused, because the
ledger cannot yet hold a consent that both sides signed, and nobody may say yes for somebody else.

    people = require_consent(shot.cast, real_people=(), project=project)     # () for a fictional cast
"""

from __future__ import annotations

from pathlib import Path

from secondunit_bridge.errors import Denied
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.provenance.manifest import Person


def require_consent(cast: tuple[CastPlan, ...], *, real_people: tuple[str, ...], project: Path) -> tuple[Person, ...]:
    """The real people in a cast with the consents that allow them, for the manifest; empty for a fictional cast.

    `real_people` are the names in the cast that stand for a real person. Raises Denied for the first of them.
    """
    for member in cast:
        if member.name in real_people:
            raise Denied(
                f"{member.name} is a real person, and no consent signed by them is in the ledger of {project.name}.",
                mend="Cast a fictional character instead.",
            )
    return ()
