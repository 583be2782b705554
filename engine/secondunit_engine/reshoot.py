"""A take shot again from its manifest, as proof that the manifest says how it was made.

made = reshoot(project, recipe_of(read_manifest(path)), progress)
made.same      # every file of the take holds what it held before it was signed
"""

from __future__ import annotations

from dataclasses import dataclass

from secondunit_bridge.errors import BadInput
from secondunit_engine import __version__
from secondunit_engine.progress import Progress
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.manifest import Manifest, Recipe, read_manifest
from secondunit_engine.shoot import Shot, photograph, shares_of


@dataclass(frozen=True)
class Reshot:
    """The shot made again; `notes` are what is not the same, and why it may not be."""

    shot: Shot
    same: bool
    notes: tuple[str, ...]


def recipe_of(manifest: Manifest) -> Recipe:
    """The recipe of a take. Raises BadInput for the manifest of a cut."""
    if not isinstance(manifest.recipe, Recipe):
        raise BadInput("That is the manifest of a cut.", mend="Reshoot its takes, then conform the timeline again.")
    return manifest.recipe


def reshoot(project: Project, recipe: Recipe, progress: Progress) -> Reshot:
    """Shoot a take again into `project` and hold it against its recipe."""
    products = tuple((product.stage, product.key) for product in recipe.products)
    take = TakeRecord(
        recipe.plan, 0, recipe.settings, recipe.look, products, recipe.watermark, recipe.brief, note=recipe.note
    )
    shares = shares_of(project, progress, "reshoot", (recipe.plan,))
    shot = photograph(project, take, shares)
    shares.finish()
    again = recipe_of(read_manifest(project.take_folder(shot.take) / "manifest.json"))
    notes = _compare(recipe, again)
    return Reshot(shot, not notes, notes)


def _compare(before: Recipe, after: Recipe) -> tuple[str, ...]:
    """What differs between two takes of one recipe, in plain sentences."""
    notes: list[str] = []
    if before.engine != __version__:
        notes.append(f"It was made by version {before.engine}; this is {__version__}, which may draw otherwise.")
    if before.settings.quality != after.settings.quality:
        notes.append(f"It was {before.settings.quality}; without an approval of its stunts it is a preview.")
    old, new = ({media.name: media.sha256 for media in recipe.media} for recipe in (before, after))
    notes += [f"{name} is not there again." for name in sorted(old.keys() - new.keys())]
    notes += [f"{name} was not there before." for name in sorted(new.keys() - old.keys())]
    notes += [f"{name} holds something else." for name in sorted(old.keys() & new.keys()) if old[name] != new[name]]
    return tuple(notes)
