"""A change of look as a LUT: it does to the picture what the look does, every format says the same, errors are told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from secondunit_bridge.errors import BadInput
from secondunit_engine.finish.display import apply_lut
from secondunit_engine.finish.finish_shot import finish_frame
from secondunit_engine.finish.grade import grade
from secondunit_engine.finish.look import LightMix, Look
from secondunit_engine.finish.look_lut import EDGE, Image, export_look, look_cube, psnr, ungrade

BEFORE = Look(grain=0.0)
AFTER = Look(contrast=1.16, saturation=0.68, temperature_shift=-1300, split_tone=0.7, grain=0.0)


@pytest.fixture(scope="module")
def parts() -> dict[str, Image]:
    """A frame of smooth colours over ten stops."""
    rng = np.random.default_rng(3)
    coarse = np.exp(rng.normal(-2.0, 1.1, (9, 16, 3)))
    return {"beauty": np.kron(coarse, np.ones((10, 10, 1))).astype(np.float32)}


def test_no_change_is_the_identity() -> None:
    """A cube from a look to itself leaves every lattice point where it is."""
    axis = np.linspace(0, 1, EDGE)
    blue, green, red = np.meshgrid(axis, axis, axis, indexing="ij")
    np.testing.assert_allclose(look_cube(BEFORE, BEFORE), np.stack([red, green, blue], -1), atol=1e-6)


@pytest.mark.parametrize("look", [Look(), Look(film=0.7), Look(film=0.8, saturation=0.94), AFTER])
def test_a_grade_is_undone(look: Look, parts: dict[str, Image]) -> None:
    """What the grade made of a picture gives that picture again, to 1e-4 in 99 of 100 values."""
    back = ungrade(grade(parts["beauty"], look), look)
    assert np.percentile(np.abs(back / parts["beauty"] - 1), 99) < 1e-4


@pytest.mark.parametrize(
    ("kind", "least"), [("cube", 42.0), ("3dl", 42.0), ("clf", 42.0), ("dctl", 42.0), ("cdl", 30.0), ("cc", 30.0)]
)
def test_each_format_brings_the_picture_to_the_look(
    kind: str, least: float, parts: dict[str, Image], tmp_path: Path
) -> None:
    """Read back, it is as near to the new look as it said, and nearer than the old picture was."""
    done = export_look(parts, BEFORE, AFTER, 1, 1001, tmp_path / f"steel.{kind}")
    shown, wanted = (finish_frame(parts, look, 1, 1001) for look in (BEFORE, AFTER))
    read = apply_lut(shown, str(done.files[-1]))  # a DCTL names its cube
    assert psnr(read, wanted) == pytest.approx(done.psnr, abs=1.5)
    assert done.psnr > max(least, psnr(shown, wanted) + 6)
    assert done.left_out == ()
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in done.files}


def test_a_dctl_names_its_cube(parts: dict[str, Image], tmp_path: Path) -> None:
    """The cube lies beside it, and its name is what DEFINE_LUT says."""
    text, cube = (file for file in export_look(parts, BEFORE, AFTER, 1, 1001, tmp_path / "a b.dctl").files)
    assert f"DEFINE_LUT(look, {cube.name})" in text.read_text("utf-8")
    assert cube.is_file()


def test_what_a_cube_cannot_carry_is_named(parts: dict[str, Image], tmp_path: Path) -> None:
    """Bloom, vignette and a light's fader are left out by name; the distance is told all the same."""
    after = Look(bloom=0.3, vignette=0.0, grain=0.0, lights=(LightMix("key", 1.0),))
    done = export_look(parts | {"light.key": parts["beauty"] * 0.5}, BEFORE, after, 1, 1001, tmp_path / "x.cube")
    assert done.left_out == ("bloom", "vignette", "lights")
    assert done.psnr < 30


@pytest.mark.parametrize("before", [Look(view="AgX"), Look(lut="/somewhere/x.cube")])
def test_what_cannot_be_undone_is_refused(before: Look) -> None:
    """A view or a LUT without an inverse is told, with what to do."""
    with pytest.raises(BadInput, match="cannot be undone") as caught:
        look_cube(before, AFTER)
    assert "as-graded" in caught.value.mend


def test_an_unknown_ending_writes_nothing(parts: dict[str, Image], tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a LUT we write"):
        export_look(parts, BEFORE, AFTER, 1, 1001, tmp_path / "look.png")
    assert not list(tmp_path.iterdir())
