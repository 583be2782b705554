"""What leaves the project: a conformed master, a USDZ. Each is signed and says what it was made from."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from secondunit_bridge.conform import Cut, read_cut
from secondunit_bridge.connection import state_dir
from secondunit_bridge.errors import BadInput, Unwritable
from secondunit_engine.finish.master import Mastered, make_master
from secondunit_engine.library.shelf import assets_of, attribution, credits_in
from secondunit_engine.planning.plan import ShotPlan
from secondunit_engine.progress import Progress
from secondunit_engine.project import Project, TakeRecord
from secondunit_engine.provenance.consent import require_release
from secondunit_engine.provenance.identity import load_identity
from secondunit_engine.provenance.ledger import log_render
from secondunit_engine.provenance.manifest import (
    CutRecipe,
    Manifest,
    Media,
    Recipe,
    hash_file,
    measure_media,
    read_manifest,
    write_manifest,
)
from secondunit_engine.provenance.royalties import enter_uses
from secondunit_engine.provenance.sign import SourceType, sign_file
from secondunit_engine.sound.levelling import find_target, write_report
from secondunit_engine.world.handover.package import write_usdz


def conform(
    folder: Path,
    timeline: Path,
    output: Path,
    codec: str,
    size: tuple[int, int] | None,
    progress: Progress,
    *,
    loudness: str = "",
) -> Mastered:
    """Make the master of a cut, sign it with its takes as ingredients, and enter it in the project's ledger.

    `folder` is the project; a cut from elsewhere is conformed all the same and entered nowhere. The OTIO gets a
    sidecar. `loudness` names a standard that its sound is brought to; a report of it lies beside the master. Raises
    what `find_target`, `read_cut` and `make_master` do; whatever it raises, no file is left.
    """
    target = find_target(loudness) if loudness else None
    cut = read_cut(timeline)
    sources = _takes_in(cut)
    for source in sources:
        _require_release(source)
    assets_of(folder)  # a damaged library is told before anything is made
    make_folder(output.parent)
    if output == timeline:
        raise BadInput("The master cannot replace its own timeline.", mend="Give another --out.")
    part = output.with_name(f".{output.stem}.part{output.suffix}")
    try:
        made = make_master(cut, cut.rate, size, codec, part, progress, target)
        known = _manifests_of(sources)
        manifest = _manifest(timeline, made, part, output.name, codec, known)
        identity = load_identity(state_dir() / "identity")
        sign_file(part, manifest, identity, components=sources, source_type=SourceType.COMPOSITE)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    write_manifest(output.with_name(f"{output.stem}.manifest.json"), manifest)
    if made.loudness:
        write_report(output.with_name(f"{output.stem}.loudness.json"), made.loudness)
    sign_file(timeline, manifest, identity)
    if (folder / "secondunit.toml").is_file():
        log_render(folder, manifest.recipe.shot, 0, manifest)
        enter_uses(folder, output.name, manifest.hash, frames_of_people(cut), cut.rate)
    used = credits_of(each.recipe.plan for each in known if isinstance(each.recipe, Recipe))
    _credit(folder, used, output.parent)
    return made


def frames_of_people(cut: Cut) -> dict[str, int]:
    """How many frames of a cut each real person is in, by performer id; a dissolve counts for both its sides."""
    frames: dict[str, int] = {}
    for segment in cut.picture:
        paths = tuple(dict.fromkeys(source.path for source in segment.sources))
        for name in {person.name for each in _manifests_of(paths) for person in each.recipe.people}:
            frames[name] = frames.get(name, 0) + segment.frames
    return frames


def usdz(project: Project, take: TakeRecord, output: Path, *, for_ar: bool = False) -> tuple[str, ...]:
    """Pack a take's world as USDZ, with the take's manifest in a signed sidecar; returns what the format cannot carry.

    Raises BadInput, Unwritable, EngineFault.
    """
    folder = project.take_folder(take)
    if not (folder / "shot.usda").is_file():
        raise BadInput(f"The layers of {take.shot.id} are gone.", mend="Shoot it again; the cache was emptied.")
    manifest = folder / "manifest.json"
    require_release(project.folder, read_manifest(manifest).recipe.people)
    assets_of(project.folder)
    make_folder(output.parent)
    used = credits_of([take.shot])
    left_out = write_usdz(folder / "shot.usda", output, for_ar=for_ar, credits=used)
    sign_file(output, read_manifest(manifest), load_identity(state_dir() / "identity"))
    shutil.copyfile(manifest, output.with_name(f"{output.stem}.manifest.json"))
    _credit(project.folder, used, output.parent)
    return left_out


def _credit(project: Path, used: Sequence[str], folder: Path) -> None:
    """Lay ATTRIBUTION.txt beside a delivery, if anybody is to be credited: for what other deliveries there used, for
    what this one does, and for the project's library. Raises BadInput."""
    file = folder / "ATTRIBUTION.txt"
    there = credits_in(file.read_text("utf-8", "replace")) if file.is_file() else ()
    text = attribution(project, (*there, *used))
    if text:
        part = folder / ".ATTRIBUTION.txt.part"
        part.write_text(text, "utf-8")
        part.replace(file)


def credits_of(shots: Iterable[ShotPlan]) -> tuple[str, ...]:
    """The credits of the library's things that are in these shots, each once."""
    return tuple(dict.fromkeys(prop.own.credit for shot in shots for prop in shot.set.props if prop.own is not None))


def make_folder(folder: Path) -> None:
    """Make a folder for deliveries. Raises Unwritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise Unwritable(f"{folder} cannot be made: {fault.strerror}.", mend="Choose another folder.") from None


def _takes_in(cut: Cut) -> tuple[Path, ...]:
    """The picture files of a cut, in the order they first appear."""
    return tuple(dict.fromkeys(source.path for segment in cut.picture for source in segment.sources))


def _manifest(
    timeline: Path, made: Mastered, master: Path, name: str, codec: str, known: Sequence[Manifest]
) -> Manifest:
    measured = measure_media(master.parent, (master.name,))[0]
    recipe = CutRecipe(
        shot=timeline.stem,
        timeline=hash_file(timeline),
        takes=tuple(manifest.hash for manifest in known),
        codec=codec,
        rate=made.rate,
        frames=made.frames,
        media=(Media(name, measured.sha256, measured.bytes),),
        people=tuple(dict.fromkeys(person for manifest in known for person in manifest.recipe.people)),
        note=f"loudness {made.loudness.target.name}" if made.loudness else "",
    )
    return Manifest(recipe)


def _require_release(picture: Path) -> None:
    """See that nobody in a take has taken it back, by the books of the project that it lies in. Raises Denied."""
    home = next((folder for folder in picture.parents if (folder / "secondunit.toml").is_file()), None)
    if home:
        require_release(home, (person for each in _manifests_of((picture,)) for person in each.recipe.people))


def _manifests_of(sources: tuple[Path, ...]) -> list[Manifest]:
    """The manifests of the takes among some picture files; footage from elsewhere has none."""
    beside = [path.parent / "manifest.json" for path in sources]
    return [read_manifest(path) for path in beside if path.is_file()]
