"""The storyboard as a PDF: scene by scene a floor plan and panels, then what continuity has to say, then the shot list.

Drawn with ReportLab (BSD). Its own fonts know Western letters only; a script in another is set in DejaVu or Noto where
the machine has one, and where not each letter that cannot be set is shown as a box, never left out.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path

from PIL import Image
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader, simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from secondunit_engine.planning.plan import ContinuityNote, Plan, ShotPlan
from secondunit_engine.previs.floor_plan import Drawing, Shape, arrow_head, draw_floor_plan
from secondunit_engine.previs.shot_list import shot_rows
from secondunit_engine.previs.slate import Picture

# The picture of a shot at a frame, [H, W, 3].
Draw = Callable[[ShotPlan, int], Picture]

_WIDTH, _HEIGHT = landscape(A4)
_MARGIN, _GAP = 34.0, 14.0
_COLUMNS, _ROWS = 3, 2
_INK, _FAINT, _RED, _PAPER = HexColor("#1b1b1f"), HexColor("#77746c"), HexColor("#b03a2e"), HexColor("#f4f1ea")
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/Library/Fonts/Arial Unicode.ttf", "C:/Windows/Fonts/arial.ttf",
)  # fmt: skip
_MOVED = frozenset(("static", "handheld"))  # moves that one panel shows


def write_board(plan: Plan, draw: Draw, path: Path, step: Callable[[int], None]) -> None:
    """Write the board; `step` is told after every panel. The same plan gives the same bytes."""
    canvas = Canvas(str(path), pagesize=(_WIDTH, _HEIGHT), invariant=1, pageCompression=1)
    canvas.setTitle(plan.title or "Storyboard")
    canvas.setAuthor("Second Unit")
    pages = _Pages(canvas, plan.title or "Storyboard", _find_font())
    _title_page(pages, plan)
    count = 0
    for _, group in groupby(plan.shots, key=lambda shot: shot.scene):
        scene = list(group)
        count = _scene_pages(pages, scene, draw, step, count)
    _continuity_pages(pages, plan, draw)
    _list_pages(pages, plan.shots)
    canvas.save()


def panels_of(shot: ShotPlan) -> tuple[int, ...]:
    """The frames that a shot is shown by: the first, and for a move the last."""
    return (0,) if shot.camera.move in _MOVED and not _walks(shot) else (0, max(0, shot.frames - 1))


def _walks(shot: ShotPlan) -> bool:
    return any(len({(spot.x, spot.z) for spot in path.spots}) > 1 for path in shot.blocking)


class _Pages:
    """The canvas, its running head, and words that fit."""

    def __init__(self, canvas: Canvas, title: str, font: str) -> None:
        self.canvas, self.title, self.font, self.number = canvas, title, font, 0

    def turn(self, head: str) -> None:
        """A new page."""
        if self.number:
            self.canvas.showPage()
        self.number += 1
        self.canvas.setFillColor(_PAPER)
        self.canvas.rect(0, 0, _WIDTH, _HEIGHT, stroke=0, fill=1)
        self.words(head, _MARGIN, _HEIGHT - 26, 11, _WIDTH - 220, lines=1)
        self.words(self.title, _WIDTH - _MARGIN, _HEIGHT - 26, 8, 150, lines=1, ink=_FAINT, right=True)
        self.words(str(self.number), _WIDTH - _MARGIN, 16, 8, 40, lines=1, ink=_FAINT, right=True)

    def words(
        self, text: str, x: float, top: float, size: float, width: float, *, lines: int, ink: Color = _INK,
        right: bool = False,
    ) -> float:  # fmt: skip
        """Set text below `top`, cut to so many lines; returns where the next may begin."""
        self.canvas.setFillColor(ink)
        self.canvas.setFont(self.font, size)
        rows = [row for part in self._settable(text).split("\n") for row in simpleSplit(part, self.font, size, width)]
        if len(rows) > lines:
            last = rows[lines - 1]
            while last and pdfmetrics.stringWidth(last + " …", self.font, size) > width:
                last = last[:-1].rstrip()
            rows = [*rows[: lines - 1], last + " …"]
        for row in rows:
            (self.canvas.drawRightString if right else self.canvas.drawString)(x, top, row)
            top -= size * 1.28
        return top

    def _settable(self, text: str) -> str:
        """The text with a box for each letter that the font does not have."""
        font = pdfmetrics.getFont(self.font)
        known = getattr(getattr(font, "face", None), "charToGlyph", None)
        if known is not None:
            return "".join(letter if ord(letter) in known or letter in "\n\t" else "\u25a1" for letter in text)
        return "".join(letter if letter.encode("cp1252", "ignore") else "[?]" for letter in text)


def _find_font() -> str:
    """A font with many scripts if the machine has one, else ReportLab's own Helvetica."""
    for path in _FONTS:
        if Path(path).is_file():
            pdfmetrics.registerFont(TTFont("Board", path))
            return "Board"
    return "Helvetica"


def _title_page(pages: _Pages, plan: Plan) -> None:
    pages.turn("")
    shots = plan.shots
    frames = sum(shot.frames for shot in shots)
    rate = shots[0].rate if shots else None
    length = rate.timecode(frames) if rate else ""
    top = pages.words(plan.title or "Storyboard", _MARGIN, _HEIGHT * 0.62, 34, _WIDTH - 2 * _MARGIN, lines=2)
    scenes = len({shot.scene for shot in shots})
    told = f"{scenes} scenes, {len(shots)} shots, {length} at {rate} frames a second"
    top = pages.words(told, _MARGIN, top - 6, 12, _WIDTH - 2 * _MARGIN, lines=2, ink=_FAINT)
    stunts = [f"{shot.id}: {mark.kind}. {mark.reason}" for shot in shots for mark in shot.stunts]
    for line in stunts[:12]:
        top = pages.words(f"Stunt {line}", _MARGIN, top - 4, 9, _WIDTH - 2 * _MARGIN, lines=2, ink=_RED)
    for note in plan.mood[:10]:
        told = f"{note.image}: {note.feature} → {note.led_to}"
        top = pages.words(told, _MARGIN, top - 3, 8, _WIDTH - 2 * _MARGIN, lines=1, ink=_FAINT)
    for rule in plan.rules[:10]:
        ink = _RED if rule.verdict == "broken" else _FAINT
        told = f"{rule.rule}: {rule.verdict}. {rule.reason}"
        top = pages.words(told, _MARGIN, top - 3, 8, _WIDTH - 2 * _MARGIN, lines=2, ink=ink)


def _scene_pages(pages: _Pages, scene: Sequence[ShotPlan], draw: Draw, step: Callable[[int], None], count: int) -> int:
    """The scene's floor plan in the first cell, then its panels, six cells a page; returns the panels drawn so far."""
    cells: list[tuple[ShotPlan, int] | None] = [None, *((shot, at) for shot in scene for at in panels_of(shot))]
    for number, cell in enumerate(cells):
        place = number % (_COLUMNS * _ROWS)
        if place == 0:
            pages.turn(f"{scene[0].scene}  {scene[0].heading or scene[0].set.place}")
        x, y, width, height = _cell(place)
        if cell is None:
            _draw_plan(pages.canvas, draw_floor_plan(scene), x, y, width, height)
            continue
        shot, frame = cell
        _panel(pages, shot, frame, draw(shot, frame), x, y, width, height)
        count += 1
        step(count)
    return count


def _cell(place: int) -> tuple[float, float, float, float]:
    """Left, bottom, width and height of a cell of the page."""
    width = (_WIDTH - 2 * _MARGIN - (_COLUMNS - 1) * _GAP) / _COLUMNS
    height = (_HEIGHT - 74 - (_ROWS - 1) * _GAP) / _ROWS
    column, row = place % _COLUMNS, place // _COLUMNS
    return _MARGIN + column * (width + _GAP), _HEIGHT - 40 - (row + 1) * height - row * _GAP, width, height


def _panel(
    pages: _Pages, shot: ShotPlan, frame: int, picture: Picture, x: float, y: float, width: float, height: float
) -> None:
    tall = width * picture.shape[0] / picture.shape[1]
    top = y + height
    pages.canvas.drawImage(_jpeg(picture), x, top - tall, width, tall)
    _move_arrow(pages.canvas, shot, x, top - tall, width, tall, frame)
    pages.canvas.setStrokeColor(_INK)
    pages.canvas.rect(x, top - tall, width, tall, stroke=1, fill=0)
    camera = shot.camera
    which = "" if len(panels_of(shot)) == 1 else " first" if frame == 0 else " last"
    seconds = float(shot.rate.seconds(shot.frames))
    head = f"{shot.id}{which}   {camera.setup} {camera.size}   {camera.lens_said} T{camera.t_stop:g}   {seconds:.1f} s"
    top = pages.words(head, x, top - tall - 11, 8.5, width, lines=1)
    move = camera.move if camera.move == "static" else f"{camera.move} on {camera.rig}"
    top = pages.words(
        f"{camera.angle}, {move}, on {camera.subject}. {camera.why}", x, top, 7, width, lines=1, ink=_FAINT
    )
    if shot.stunts:
        top = pages.words("Stunt: " + ", ".join(mark.kind for mark in shot.stunts), x, top, 7, width, lines=1, ink=_RED)
    for kind, text in _told(shot) if which != " last" else ():
        if top < y + 8:
            break
        top = pages.words(text, x + (10 if kind else 0), top, 7.5, width - (10 if kind else 0), lines=2)


def _told(shot: ShotPlan) -> Iterator[tuple[bool, str]]:
    """What happens and what is said, in order: (whether it is said, words)."""
    lines = iter(shot.dialogue)
    for beat in shot.beats:
        if beat.kind == "dialogue" and (line := next(lines, None)) is not None:
            how = f" ({line.parenthetical})" if line.parenthetical else ""
            yield True, f"{line.character.upper()}{how}: {line.text}"
        elif beat.kind != "transition":
            yield False, " ".join(beat.text.split())


def _jpeg(picture: Picture) -> ImageReader:
    data = io.BytesIO()
    Image.fromarray(picture).save(data, "JPEG", quality=84)
    data.seek(0)
    return ImageReader(data)


_ARROWS = {
    "push in": ((0.5, 0.12), (0.5, 0.3)), "pull out": ((0.5, 0.3), (0.5, 0.12)), "track": ((0.35, 0.12), (0.65, 0.12)),
    "pan": ((0.35, 0.88), (0.65, 0.88)), "tilt": ((0.92, 0.3), (0.92, 0.6)), "crane": ((0.08, 0.3), (0.08, 0.65)),
    "orbit": ((0.35, 0.2), (0.65, 0.12)), "fly-through": ((0.5, 0.1), (0.5, 0.42)),
}  # fmt: skip


def _move_arrow(canvas: Canvas, shot: ShotPlan, x: float, y: float, width: float, tall: float, frame: int) -> None:
    """The move, drawn on its first panel."""
    arrow = _ARROWS.get(shot.camera.move)
    if arrow is None or frame:
        return
    (ax, ay), (bx, by) = ((x + u * width, y + v * tall) for u, v in arrow)
    shape = Shape("arrow", ((ax, ay), (bx, by)), "#ffffff", 1.6)
    canvas.setStrokeColor(HexColor("#ffffff"))
    canvas.setFillColor(HexColor("#ffffff"))
    canvas.setLineWidth(2.2)
    canvas.line(ax, ay, bx, by)
    _fill(canvas, list(arrow_head(shape)))


def _draw_plan(canvas: Canvas, drawing: Drawing, x: float, y: float, width: float, height: float) -> None:
    """A floor plan scaled into a cell."""
    x0, z0, x1, z1 = drawing.bounds
    scale = min(width / (x1 - x0), height / (z1 - z0))
    left, top = x + (width - scale * (x1 - x0)) / 2, y + height - (height - scale * (z1 - z0)) / 2

    def at(point: tuple[float, float]) -> tuple[float, float]:
        return left + (point[0] - x0) * scale, top - (point[1] - z0) * scale

    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(x, y, width, height)
    canvas.clipPath(clip, stroke=0)
    for shape in drawing.shapes:
        _draw_shape(canvas, shape, [at(point) for point in shape.points], scale, at)
    canvas.restoreState()
    canvas.setStrokeColor(_INK)
    canvas.setLineWidth(0.6)
    canvas.rect(x, y, width, height, stroke=1, fill=0)


def _draw_shape(
    canvas: Canvas, shape: Shape, places: list[tuple[float, float]], scale: float,
    at: Callable[[tuple[float, float]], tuple[float, float]],
) -> None:  # fmt: skip
    ink = HexColor(shape.ink, hasAlpha=len(shape.ink) > 7)
    canvas.setFillColor(ink)
    canvas.setStrokeColor(ink)
    canvas.setLineWidth(max(0.4, shape.width * scale))
    canvas.setDash([4, 3] if shape.dashed else [])
    if shape.kind == "area":
        _fill(canvas, places)
    elif shape.kind == "dot":
        canvas.circle(*places[0], max(1.5, shape.width * scale), stroke=0, fill=1)
    elif shape.kind == "text":
        canvas.setFont("Helvetica", max(4.5, min(9.0, shape.width * scale)))
        canvas.drawCentredString(*places[0], shape.text)
    else:
        for a, b in pairwise(places):
            canvas.line(*a, *b)
        if shape.kind == "arrow":
            _fill(canvas, [at(point) for point in arrow_head(shape)])
    canvas.setDash([])


def _fill(canvas: Canvas, places: list[tuple[float, float]]) -> None:
    path = canvas.beginPath()
    path.moveTo(*places[0])
    for place in places[1:]:
        path.lineTo(*place)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def _continuity_pages(pages: _Pages, plan: Plan, draw: Draw) -> None:
    """Every note with its two shots side by side, four a page."""
    shots = {shot.id: shot for shot in plan.shots}
    for number, note in enumerate(plan.continuity):
        row = number % 4
        if row == 0:
            pages.turn("Continuity")
        height = (_HEIGHT - 80) / 4
        top = _HEIGHT - 44 - row * height
        _note(pages, note, [shots[name] for name in note.shots if name in shots][:2], draw, top, height - 10)


def _note(pages: _Pages, note: ContinuityNote, shots: list[ShotPlan], draw: Draw, top: float, height: float) -> None:
    x = _MARGIN
    for at, shot in enumerate(shots):
        frame = max(0, shot.frames - 1) if len(shots) == 2 and at == 0 else 0  # the cut: last frame against first
        picture = draw(shot, frame)
        width = height * picture.shape[1] / picture.shape[0]
        pages.canvas.drawImage(_jpeg(picture), x, top - height, width, height)
        x += width + 8
    ink = _RED if note.level == "error" else _INK
    top = pages.words(f"{note.level}: {note.rule}", x + 6, top - 12, 10, _WIDTH - x - _MARGIN, lines=1, ink=ink)
    top = pages.words(" / ".join(note.shots), x + 6, top, 8, _WIDTH - x - _MARGIN, lines=1, ink=_FAINT)
    pages.words(note.message, x + 6, top, 9, _WIDTH - x - _MARGIN, lines=4)


_TABLE = (("shot", 0, 44), ("setup", 3, 66), ("size", 4, 30), ("lens", 5, 40), ("stop", 6, 28), ("move", 8, 52),
          ("rig", 9, 50), ("subject", 10, 60), ("length", 11, 36), ("what happens", 12, 300))  # fmt: skip


def _list_pages(pages: _Pages, shots: Sequence[ShotPlan]) -> None:
    """The shot list as a table."""
    top = 0.0
    for row in shot_rows(shots):
        if top < 40:
            pages.turn("Shot list")
            top = _HEIGHT - 46
            x = _MARGIN
            for name, _, width in _TABLE:
                pages.words(name, x, top, 7.5, width, lines=1, ink=_FAINT)
                x += width + 4
            top -= 13
        x, lowest = _MARGIN, top
        for _, column, width in _TABLE:
            lowest = min(lowest, pages.words(row[column], x, top, 7.5, width, lines=2))
            x += width + 4
        top = lowest - 3
