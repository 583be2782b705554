"""FCP7 XML as Premiere and Resolve write it: places, transitions, speeds, motion, comments, markers."""

from __future__ import annotations

import pytest

from secondunit_bridge.conform import flatten
from secondunit_bridge.errors import BadInput, TooLarge
from secondunit_bridge.exchange.fcp7 import read_fcp7
from secondunit_bridge.exchange.reframe import reframe_of
from tests.bridge.exchange.test_edl import spelt
from tests.bridge.test_conform import frames

FILE = """<file id="f{n}"><name>{name}.mov</name><pathurl>file://localhost/m/{name}.mov</pathurl>
<rate><timebase>24</timebase><ntsc>FALSE</ntsc></rate><duration>200</duration>
<timecode><string>01:00:00:00</string><frame>86400</frame><displayformat>NDF</displayformat>
<reel><name>{reel}</name></reel></timecode>
<media><video><samplecharacteristics><width>640</width><height>360</height></samplecharacteristics></video></media>
</file>"""


def clip(name: str, start: int, end: int, begin: int, more: str = "", n: int = 1, reel: str = "") -> str:
    file = FILE.format(n=n, name=name, reel=reel)
    return (
        f"<clipitem id='{name}{start}'><name>{name}</name><enabled>TRUE</enabled><duration>200</duration>"
        "<rate><timebase>24</timebase><ntsc>FALSE</ntsc></rate>"
        f"<start>{start}</start><end>{end}</end><in>{begin}</in><out>{begin + 50}</out>{file}{more}</clipitem>"
    )


def transition(start: int, end: int, alignment: str = "center") -> str:
    return (
        f"<transitionitem><start>{start}</start><end>{end}</end><alignment>{alignment}</alignment>"
        "<effect><name>Cross Dissolve</name></effect></transitionitem>"
    )


def effect(kind: str, *parameters: tuple[str, str]) -> str:
    told = "".join(f"<parameter><parameterid>{name}</parameterid>{value}</parameter>" for name, value in parameters)
    return f"<filter><effect><name>{kind}</name><effectid>{kind}</effectid>{told}</effect></filter>"


def value(said: object) -> str:
    return f"<value>{said}</value>"


def document(*items: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5"><sequence id="s"><name>Cut</name>'
        "<rate><timebase>24</timebase><ntsc>FALSE</ntsc></rate>"
        "<timecode><string>01:00:00:00</string><frame>86400</frame></timecode>"
        "<media><video><format><samplecharacteristics><width>1280</width><height>720</height></samplecharacteristics>"
        f"</format><track>{''.join(items)}</track></video></media>{more}</sequence></xmeml>"
    )


def test_places_count_from_the_sequence_and_media_from_their_timecode() -> None:
    timeline, notes = read_fcp7(document(clip("a", 10, 30, 5), clip("b", 30, 40, 7, n=2)))
    assert spelt(timeline) == [10, ("a", 86405, 20, 1), ("b", 86407, 10, 1)]
    assert (timeline.global_start_time.value, notes) == (86400, [])
    assert timeline.tracks[0][1].media_reference.target_url == "file://localhost/m/a.mov"


def test_an_end_of_minus_one_is_the_cut_of_its_transition() -> None:
    """Both clips count to the transition's edges; every frame is where the host shows it."""
    items = (clip("a", 0, -1, 5), transition(40, 48), clip("b", -1, 80, 20, n=2))
    timeline, _ = read_fcp7(document(*items))
    assert spelt(timeline) == [("a", 86405, 44, 1), (4, 4), ("b", 86424, 36, 1)]
    shown = frames(flatten(timeline))
    assert shown[39:41] == ["a44", "(a45 b20 0)"]
    assert shown[47:49] == ["(a52 b27 7/8)", "b28"]


def test_fades_at_a_gap_belong_to_the_clip_they_touch() -> None:
    items = (
        transition(10, 18, "start-black"), clip("a", -1, -1, 5), transition(32, 40, "end-black"),
        clip("b", 60, 70, 0, n=2),
    )  # fmt: skip
    timeline, _ = read_fcp7(document(*items))
    assert spelt(timeline) == [10, (0, 8), ("a", 86405, 30, 1), (8, 0), 20, ("b", 86400, 10, 1)]


def test_speeds_count_in_frames_of_the_retimed_clip() -> None:
    fast = effect("timeremap", ("speed", value(200)), ("variablespeed", value(0)))
    back = effect("timeremap", ("speed", value(100)), ("reverse", value("TRUE")))
    still = effect("timeremap", ("speed", value(0)))
    timeline, _ = read_fcp7(
        document(clip("a", 0, 10, 10, fast), clip("b", 10, 20, 30, back, 2), clip("c", 20, 25, 9, still, 3))
    )
    assert spelt(timeline) == [("a", 86420, 10, 2.0), ("b", 86400 + 199 - 39, 10, -1.0), ("c", 86409, 5, 0.0)]
    assert frames(flatten(timeline))[9:12] == ["a38", "b169", "b168"]


def test_motion_becomes_a_reframe_of_the_fitted_picture() -> None:
    """A 640 clip at 300 % in a 1280 frame is half as large again as the frame."""
    center = "<value><horiz>0.25</horiz><vert>-0.1</vert></value>"
    moved = effect("basic", ("scale", value(300)), ("rotation", value(5)), ("center", center))
    plain = effect("basic", ("scale", value(200))) + effect("opacity", ("opacity", value(100)))
    blurred = effect("Gaussian Blur", ("blur", value(3)))
    timeline, notes = read_fcp7(document(clip("a", 0, 10, 0, moved), clip("b", 10, 20, 0, plain + blurred, 2)))
    found = reframe_of(timeline.tracks[0][0].effects)
    assert found is not None
    assert found.values == (1.5, 1.5, 0.25, 0.1, -5.0)
    assert not timeline.tracks[0][1].effects
    assert notes == ["The effect “Gaussian Blur” on b is not applied."]


def test_comments_reels_and_markers_are_kept() -> None:
    said = "<comments><mastercomment1>secondunit:sh010:2</mastercomment1></comments>"
    red = "<color><red>255</red><green>0</green><blue>0</blue></color>"
    marker = f"<marker><name>m</name><comment>c</comment><in>3</in><out>9</out>{red}</marker>"
    timeline, _ = read_fcp7(document(clip("a", 0, 10, 0, said + marker, reel="SH010T02"), more=marker))
    found = timeline.tracks[0][0]
    assert found.metadata["fcp_xml"]["comments"]["mastercomment1"] == "secondunit:sh010:2"
    assert found.metadata["fcp_xml"]["reel"] == "SH010T02"
    assert [(m.name, m.comment, m.color, int(m.marked_range.start_time.value)) for m in found.markers] == [
        ("m", "c", "RED", 86403)
    ]
    assert int(timeline.tracks.markers[0].marked_range.start_time.value) == 86403


def test_a_nested_sequence_shows_what_is_in_it() -> None:
    inner = document(clip("a", 0, 20, 5)).partition('<xmeml version="5">')[2].removesuffix("</xmeml>")
    inner = inner.replace('"s"', '"n"')
    nest = f"<clipitem><name>nest</name><start>0</start><end>8</end><in>4</in><out>12</out>{inner}</clipitem>"
    timeline, _ = read_fcp7(document(nest))
    assert frames(flatten(timeline)) == [f"a{9 + index}" for index in range(8)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<xmeml>", "broken"),
        ("<xmeml version='5'></xmeml>", "no sequence"),
        ("<fcpxml/>", "not of Final Cut Pro 7"),
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]><xmeml>&a;</xmeml>', "entities"),
        ('<!DOCTYPE xmeml [<!ENTITY a "aaaa">]><xmeml>&a;</xmeml>', "entities"),
        ('<!DOCTYPE xmeml SYSTEM "http://example.com/x"><xmeml/>', "entities"),
        (document(clip("a", 5, 20, 0), clip("b", 10, 30, 0)), "over its neighbour"),
        (document(clip("a", -1, 20, 0)), "does not say where it starts"),
        (document(clip("a", 0, 20, 0).replace("<in>0", "<in>zero")), "zero"),
    ],
)  # fmt: skip
def test_a_broken_document_is_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said) as caught:
        read_fcp7(text)
    assert caught.value.mend


def test_sequences_that_nest_for_ever_are_refused() -> None:
    nest = "<clipitem><name>n</name><start>0</start><end>8</end><in>0</in><out>8</out><sequence id='s'/></clipitem>"
    with pytest.raises(TooLarge, match="nest"):
        read_fcp7(document(nest))
