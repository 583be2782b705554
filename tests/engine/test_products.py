"""The product store: made once, named by its inputs, nothing half-made left behind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from secondunit_bridge.errors import Cancelled, Denied
from secondunit_bridge.timing import Rate
from secondunit_engine import layers
from secondunit_engine.planning.plan import CameraPlan, LightPlan, SetPlan, ShotPlan
from secondunit_engine.products import Product, ProductStore, product_key

SHOT = ShotPlan("sh010", "1", "INT. LIBRARY", 48, Rate(24), 7, SetPlan("library"), CameraPlan())


def test_same_inputs_are_made_once(tmp_path: Path) -> None:
    """A second call with equal inputs returns the first product and does no work."""
    store, calls = ProductStore(tmp_path), []

    def build(folder: Path) -> None:
        calls.append(folder)
        (folder / "set.usdc").write_text("x")

    first = store.make("set", (SetPlan("library"), 1), build)
    again = store.make("set", (SetPlan("library"), 1), build)
    assert (first.made, again.made, len(calls)) == (True, False, 1)
    assert first.folder == again.folder


def test_keys_tell_inputs_apart() -> None:
    """Every field of every input counts, and so does the stage."""
    plan = SetPlan("library")
    keys = {product_key("set", plan), product_key("cast", plan), product_key("set", replace(plan, seed=1))}
    keys |= {product_key("set", plan, "a"), product_key("set", plan, ("a",)), product_key("set", "a", plan)}
    assert len(keys) == 6


def test_cancelled_build_leaves_nothing(tmp_path: Path) -> None:
    """A build that stops half-way leaves no folder behind."""

    def build(folder: Path) -> None:
        (folder / "half.usdc").write_text("x")
        raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        ProductStore(tmp_path).make("set", ("a",), build)
    assert list((tmp_path / "set").iterdir()) == []


def test_resumable_build_goes_on(tmp_path: Path) -> None:
    """Whole frames survive a cancel, and the next run finds them."""
    seen: list[list[str]] = []

    def build(folder: Path) -> None:
        seen.append(sorted(path.name for path in folder.iterdir()))
        (folder / f"{1001 + len(seen)}.exr").write_text("x")
        if len(seen) == 1:
            raise Cancelled("Stopped.")

    store = ProductStore(tmp_path)
    with pytest.raises(Cancelled):
        store.make("frames", ("a",), build, resumable=True)
    assert [path.suffix for path in (tmp_path / "frames").iterdir()] == [".kept"]
    product = store.make("frames", ("a",), build, resumable=True)
    assert seen == [[], ["1002.exr"]]
    assert sorted(path.name for path in product.folder.iterdir()) == ["1002.exr", "1003.exr"]
    assert [path.name for path in (tmp_path / "frames").iterdir()] == [product.key]


def test_nothing_is_kept_of_a_build_that_a_revocation_ends(tmp_path: Path) -> None:
    def build(folder: Path) -> None:
        (folder / "1001.exr").write_text("a frame with somebody in it")
        raise Denied("They took their consent back.")

    with pytest.raises(Denied):
        ProductStore(tmp_path).make("frames", ("a",), build, resumable=True)
    assert list((tmp_path / "frames").iterdir()) == []


def test_half_a_layer_from_a_kill_is_thrown_away(tmp_path: Path) -> None:
    """After a kill a layer is built from nothing; only frames go on from what is there."""
    key = product_key("set", "a")
    (tmp_path / "set" / f"{key}.part").mkdir(parents=True)
    (tmp_path / "set" / f"{key}.part" / "half").write_text("x")
    product = ProductStore(tmp_path).make("set", ("a",), lambda folder: (folder / "whole").touch())
    assert [path.name for path in product.folder.iterdir()] == ["whole"]


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (replace(SHOT, camera=CameraPlan(lens_mm=85)), {"motion", "lights", "sound"}),
        (replace(SHOT, lights=LightPlan(exposure=1)), {"motion", "camera", "sound"}),
        (replace(SHOT, heading="INT. HALL", id="sh020", scene="2"), {"motion", "lights", "camera"}),
    ],
)
def test_a_change_reaches_only_what_depends_on_it(change: ShotPlan, same: set[str]) -> None:
    """Each stage sees a narrowed plan, so an unrelated change leaves its name as it was."""
    views = {
        "motion": layers.for_motion, "lights": layers.for_lights,
        "camera": layers.for_camera, "sound": layers.for_sound,
    }  # fmt: skip
    assert {name for name, view in views.items() if view(change) == view(SHOT)} >= same


def test_stage_file_joins_the_layers(tmp_path: Path) -> None:
    """The stage's sublayers run from the camera down to the set, by relative paths, at the exact rate."""
    names = ("set", "cast", "motion", "lights", "camera")
    products = {name: Product(name, "k", tmp_path / "cache" / name / "k", True) for name in names}
    (tmp_path / "shots").mkdir()
    shot = replace(SHOT, rate=Rate(24000, 1001))
    text = layers.write_stage(shot, products, tmp_path / "shots").read_text()
    order = [text.index(f"@../cache/{name}/k/{name}.usdc@") for name in ("camera", "lights", "motion", "cast", "set")]
    assert order == sorted(order)
    assert '"24000/1001"' in text
    assert "endTimeCode = 1048" in text
