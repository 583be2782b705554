"""A bed agrees with independent harmonics, points where its sources are, and folds down to speakers and ears."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import signal, special

from secondunit_bridge.errors import BadInput
from secondunit_engine.sound import room
from secondunit_engine.sound.air import absorption, through_air
from secondunit_engine.sound.ambisonics import cap_weights, encode_gains, harmonics, mix_moving, steps_of
from secondunit_engine.sound.binaural import fit_filters, listen
from secondunit_engine.sound.head import Head, read_sofa, sphere_head
from secondunit_engine.sound.loudspeakers import FIVE_ONE, SEVEN_ONE_FOUR, decode_matrix, even_directions, towards
from secondunit_engine.sound.noise import generator
from secondunit_engine.sound.room import Room
from secondunit_engine.sound.shoebox import ABSORPTION, Shoebox, reflections, surface_filter
from secondunit_engine.sound.source import Listener, Source, arrive

KEMAR = Path("/usr/share/libmysofa/MIT_KEMAR_normal_pinna.sofa")


def _reference(directions: np.ndarray) -> np.ndarray:
    """Real SN3D harmonics in ACN order from scipy's complex ones, without the Condon-Shortley phase."""
    azimuth = np.arctan2(directions[..., 1], directions[..., 0])
    polar = np.arccos(np.clip(directions[..., 2], -1, 1))
    columns = []
    for order in range(4):
        for degree in range(-order, order + 1):
            value = special.sph_harm_y(order, abs(degree), polar, azimuth) * (-1) ** degree
            real = np.sqrt(2) * (value.imag if degree < 0 else value.real) if degree else value.real
            columns.append(real * np.sqrt(4 * np.pi / (2 * order + 1)))
    return np.stack(columns, axis=-1)


def _still(frames: int) -> Listener:
    """A camera at the origin that looks along -Z."""
    return Listener(np.zeros((frames, 3)), np.tile([1.0, 0, 0], (frames, 1)), np.tile([0, 0, -1.0], (frames, 1)))


def test_gains_are_those_of_an_independent_implementation() -> None:
    directions = even_directions(500)
    assert np.abs(harmonics(directions) - _reference(directions)).max() < 1e-12
    assert np.abs(encode_gains(3.0 * directions) - _reference(directions)).max() < 1e-12


def test_a_source_passing_a_turning_camera_has_the_gains_of_where_it_is_at_every_step() -> None:
    """Every 10 ms within 1e-6 of the reference for the direction in the camera's own axes; straight between."""
    frames, rate, count = 49, 24.0, 96000
    turn = np.radians(np.linspace(0, 70, frames))
    still = np.zeros(frames)
    right = np.stack([np.cos(turn), still, np.sin(turn)], axis=1)
    forward = np.stack([np.sin(turn), still, -np.cos(turn)], axis=1)
    walk = np.stack([np.linspace(-4, 5, frames), still + 1.0, still - 3.0], axis=1)
    listener = Listener(np.stack([still, still, np.linspace(0, 2, frames)], axis=1), right, forward)
    heard = arrive(Source("walker", "effects", np.ones(count), walk), listener, rate, count)
    at = np.arange(steps_of(count)) * rate / 100
    axes = np.stack([forward, -right, np.tile([0, 1.0, 0], (frames, 1))], axis=1)  # (frames, 3, 3)
    seen = np.einsum("fij,fj->fi", axes, walk - listener.positions)
    seen = np.stack([np.interp(at, np.arange(frames), axis) for axis in seen.T], axis=1)
    expected = _reference(seen / np.linalg.norm(seen, axis=1, keepdims=True))
    bed = mix_moving([np.ones(count)], [encode_gains(heard.offsets)])
    assert np.abs(bed.T[::480] - expected[: count // 480]).max() < 1e-6
    assert np.abs(bed.T[240::480] - (expected[:-1] + expected[1:])[: count // 480] / 2).max() < 1e-6


def test_the_intensity_of_a_bed_points_at_the_source() -> None:
    """Active intensity, W times (X, Y, Z), within one degree of the truth everywhere on the sphere."""
    wave = generator(1, "test").standard_normal(4800)
    for direction in even_directions(40):
        bed = mix_moving([wave], [np.tile(encode_gains(2.0 * direction), (11, 1))])
        intensity = (bed[0] * bed[[3, 1, 2]]).mean(axis=1)
        cosine = intensity @ direction / np.linalg.norm(intensity)
        assert np.degrees(np.arccos(min(cosine, 1.0))) < 1.0


def test_a_wide_source_is_the_average_of_points_over_its_cap() -> None:
    front = np.array([1.0, 0.0, 0.0])
    points = even_directions(40000)
    cap = points[points @ front > np.cos(np.radians(45))]
    assert np.abs(_reference(cap).mean(axis=0) - _reference(front) * cap_weights(45.0)).max() < 2e-3


def test_what_reaches_the_ears_surrounds_them_instead_of_jumping() -> None:
    close = encode_gains(np.array([[0.001, 0, 0], [-0.001, 0, 0]]))
    assert np.abs(close[0] - close[1]).max() < 0.01


def test_air_takes_what_the_standard_says_and_nothing_comes_before_the_sound() -> None:
    """ISO 9613-1, table 1, 20 degrees and 50 %: decibels a kilometre at 125 Hz to 8 kHz."""
    table = {125: 0.445, 500: 2.73, 1000: 4.66, 4000: 29.7, 8000: 105.0}
    for hertz, wanted in table.items():
        assert absorption(np.array([float(hertz)]))[0] * 1000 == pytest.approx(wanted, rel=0.02)
    click = np.zeros(4800)
    click[1000] = 1.0
    far = through_air(click, np.full(4800, 192.0))
    assert np.abs(far[:1000]).max() < 1e-12
    assert np.flatnonzero(np.abs(far) > 1e-3 * np.abs(far).max())[0] == 1000
    lost = -20 * np.log10(np.abs(np.fft.rfft(far))[800])  # 8 kHz
    assert lost == pytest.approx(105.0 * 0.192, abs=0.5)


def test_walls_give_back_what_images_say() -> None:
    """A click 3 m ahead: each echo arrives by its own way, from its own side, as loud as stone and way say."""
    box = Shoebox((-2.0, -1.0, -5.0), (3.0, np.inf, np.inf), ("stone", "stone", "stone"))
    click = np.zeros(9600)
    click[100] = 1.0
    source = Source("click", "effects", click, np.tile([0.0, 0, -3.0], (3, 1)), reference=1.0, room=0.5)
    found = list(reflections(source, box, _still(3), 12.0, 9600))
    assert len(found) == 4  # no ceiling, and nothing behind
    for echo in found:
        way = np.linalg.norm(echo.offsets[0])
        assert np.abs(echo.wave).argmax() == pytest.approx(100 + way / 343 * 48000, abs=1)
        power = np.abs(np.fft.rfft(echo.wave))[200:820].mean()  # 1 to 4 kHz
        assert power == pytest.approx(np.sqrt(1 - 0.045) / way, rel=0.03)
    offsets = {tuple(np.round(echo.offsets[0], 1).tolist()) for echo in found}
    assert offsets == {(3.0, 4.0, 0.0), (3.0, -6.0, 0.0), (3.0, 0.0, -2.0), (7.0, 0.0, 0.0)}


@pytest.mark.parametrize("surface", ABSORPTION)
def test_a_surface_leaves_what_its_coefficients_say(surface: str) -> None:
    left = np.abs(np.fft.rfft(surface_filter(surface), 48000))[[500, 1000, 2000, 4000]] ** 2
    assert left == pytest.approx(1 - np.array(ABSORPTION[surface])[2:], abs=0.06)


def test_loudspeakers_get_a_sound_from_where_it_is_and_keep_its_energy() -> None:
    """The energy vector points within 6 degrees of the middle of what 7.1.4 covers, and energy is even within 3 dB."""
    for layout, directions in (
        (FIVE_ONE, towards(np.arange(-30.0, 31, 5), 0.0)),
        (SEVEN_ONE_FOUR, np.array([each for each in even_directions(300) if 0 <= each[2] < 0.6])),
    ):
        matrix = decode_matrix(layout)
        assert not matrix[3].any()  # LFE
        places = np.array([towards(*speaker[1:]) for speaker in layout.speakers])
        power = (harmonics(directions) @ matrix.T) ** 2  # (n, speakers)
        vector = power @ places / power.sum(axis=1, keepdims=True)
        cosine = (vector * directions).sum(axis=1) / np.linalg.norm(vector, axis=1)
        assert np.degrees(np.arccos(np.clip(cosine, -1, 1))).mean() < 6.0
        decibels = 10 * np.log10(power.sum(axis=1))
        assert np.ptp(decibels) < 3.0


def _differences(ears: np.ndarray) -> tuple[float, float]:
    """Interaural time [microseconds], of what lies under 1 kHz, and level [dB], over all of it."""
    low = signal.butter(6, 1000, fs=48000, output="sos")
    left, right = (signal.resample_poly(signal.sosfiltfilt(low, np.pad(ear, 400)), 16, 1) for ear in ears)
    match = signal.correlate(left, right, method="fft")
    lags = np.arange(len(match)) - len(right) + 1
    near = np.abs(lags) < 1e-3 * 48000 * 16
    energy = (ears**2).sum(axis=1)
    return float(-lags[near][match[near].argmax()] / 0.768), float(10 * np.log10(energy[0] / energy[1]))


def _check_ears(head: Head, directions: np.ndarray) -> None:
    """As the set itself: the time within 100 microseconds everywhere, the level within 1.5 dB on the mean."""
    filters, levels = fit_filters(head), []
    for index in directions:
        time, level = _differences(np.einsum("c,cet->et", harmonics(head.directions[index]), filters))
        true_time, true_level = _differences(head.answers[index])
        assert abs(time - true_time) < 100
        levels.append(abs(level - true_level))
    assert np.mean(levels) < 1.5


def test_ears_of_a_sphere_hear_a_bed_as_they_hear_the_source() -> None:
    head = sphere_head()
    _check_ears(head, np.flatnonzero(np.abs(head.directions[:, 2]) < 0.3)[::4])
    at_left = head.answers[head.directions[:, 1].argmax()]
    assert _differences(at_left)[0] == pytest.approx(690, abs=40)  # a sphere of 8.75 cm below 1 kHz: 3 a/c sin


@pytest.mark.referee
@pytest.mark.skipif(not KEMAR.is_file(), reason="libmysofa's KEMAR set is not installed")
def test_ears_of_kemar_hear_a_bed_as_they_hear_the_source() -> None:
    head = read_sofa(KEMAR)
    _check_ears(head, np.flatnonzero(np.abs(head.directions[:, 2]) < 0.05))


def test_headphones_hear_a_source_when_it_sounds_and_on_its_side() -> None:
    head = sphere_head()
    wave = np.zeros(9600)
    wave[3000] = 1.0
    bed = mix_moving([wave], [np.tile(encode_gains(np.array([2.0, 0, 0])), (21, 1))])
    ears = listen(bed, fit_filters(head))
    assert [abs(int(np.abs(ear).argmax()) - 3000) <= 16 for ear in ears] == [True, True]
    left = listen(mix_moving([wave], [np.tile(encode_gains(np.array([0, 2.0, 0])), (21, 1))]), fit_filters(head))
    assert (left[0] ** 2).sum() > 4 * (left[1] ** 2).sum()


def test_a_file_that_is_no_set_of_ears_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ears.sofa").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(500))
    with pytest.raises(BadInput, match="no set of head-related"):
        read_sofa(tmp_path / "ears.sofa")


def test_surfaces_of_every_room_are_known() -> None:
    rooms = [each for each in vars(room).values() if isinstance(each, Room)]
    assert len(rooms) > 5
    assert {surface for each in rooms for surface in each.surfaces} <= set(ABSORPTION)
