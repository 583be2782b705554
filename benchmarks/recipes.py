"""The four recipes, and a prompt's shot built as `shoot` builds it: what benchmarks measure and look at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from secondunit_engine import layers
from secondunit_engine.directing import plan
from secondunit_engine.planning.plan import Settings, ShotPlan
from secondunit_engine.products import ProductStore
from secondunit_engine.progress import Quiet, Shares
from secondunit_engine.script.brief import Brief
from secondunit_engine.shoot import build_layers

_EXAMPLES = Path(__file__).parent.parent / "examples"
RECIPES: Final = {
    name: (_EXAMPLES / f"{file}.txt").read_text("utf-8").strip()
    for name, file in (
        ("tunnel", "automotive_reveal"),
        ("library", "fantasy_cutscene"),
        ("bedroom", "influencer_vlog"),
        ("arena", "esports_teaser"),
    )
}


def build_shot(prompt: str, frames: int, folder: Path, seed: int = 0) -> tuple[ShotPlan, Path]:
    """Plan a prompt, build the layers of its first shot under `folder/cache`, and write its stage: `folder/<id>.usda`,
    which a second prompt overwrites."""
    shot = plan(Brief(prompt, "prompt"), Settings(frames=frames, seed=seed)).shots[0]
    built = build_layers(ProductStore(folder / "cache"), shot, Shares(Quiet(), "benchmark", 1))
    return shot, layers.write_stage(shot, built, folder, f"{shot.id}.usda")
