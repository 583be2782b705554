"""What a band leaves on a stage: amplifiers, drums on a riser, microphones, wedges."""

from __future__ import annotations

import numpy as np

from secondunit_engine.world import shapes
from secondunit_engine.world.kit import Kit, bars


def add_backline(kit: Kit) -> None:
    """A wall of amplifiers to both sides of a riser with drums, microphones to both sides of the hero."""
    for x in (-4.4, -3.55, 3.55, 4.4):
        for y in (0.0, 0.82):
            kit.place(_cabinet(), (x, y, -5.4))
    kit.put("dark", bars([((-1.7, 0.0, -6.6), (1.7, 0.5, -3.7))]))
    kit.put("steel", bars([((-1.7, 0.46, -3.7), (1.7, 0.5, -3.68))]))
    kit.place(_drums(), (0, 0.5, -5.1))
    for x, z, turn in ((-2.6, 1.2, 12.0), (2.5, 1.0, -12.0)):
        kit.place(_microphone(), (x, 0, z), turn)
    wedge = shapes.extrude([(-0.25, 0), (0.25, 0), (0.25, 0.12), (-0.05, 0.38), (-0.25, 0.38)], 0.6)
    for x in (-2.9, -0.3, 2.3):
        kit.put("dark", shapes.move(wedge, (x, 0, 3.3), 90.0))


def _cabinet() -> Kit:
    """A cabinet of four loudspeakers that faces +Z."""
    kit = Kit()
    kit.put("dark", shapes.soft_box((-0.39, 0.02, -0.18), (0.39, 0.80, 0.18), 0.015))
    kit.put("grille", bars([((-0.35, 0.06, 0.18), (0.35, 0.62, 0.19))]))
    kit.put("brass", bars([((-0.36, 0.66, 0.18), (0.36, 0.76, 0.192))]))
    cone = shapes.stand_up(shapes.lathe([[0.15, 0.0], [0.14, 0.012], [0.05, 0.0], [0.0, 0.004]][::-1], 20))
    kit.put("dark", *(shapes.move(cone, (x, y, 0.19)) for x in (-0.17, 0.17) for y in (0.21, 0.48)))
    knob = shapes.stand_up(shapes.cylinder(0.014, 0.0, 0.02, 10))
    kit.put("dark", *(shapes.move(knob, (x, 0.71, 0.19)) for x in np.linspace(-0.28, 0.28, 7)))
    return kit


def _drums() -> Kit:
    """A kit of drums, the player's stool at -Z: bass, toms, snare, cymbals on stands."""
    kit = Kit()
    bass = shapes.stand_up(shapes.cylinder(0.29, -0.22, 0.22, 32, caps=False))
    kit.put("shells", shapes.move(bass, (0, 0.31, 0.25)))
    face = shapes.stand_up(shapes.cylinder(0.285, 0.205, 0.215, 32))
    kit.put("skins", shapes.move(face, (0, 0.31, 0.25)))
    toms = ((-0.2, 0.72, 0.2, 0.15, 0.2), (0.2, 0.72, 0.2, 0.16, 0.22))
    others = ((-0.5, 0.5, -0.25, 0.18, 0.15), (0.62, 0.36, -0.15, 0.21, 0.36))  # snare, floor tom
    for x, y, z, radius, deep in (*toms, *others):
        kit.put("shells", shapes.move(shapes.cylinder(radius, 0, deep, 28, caps=False), (x, y, z)))
        kit.put("skins", shapes.move(shapes.cylinder(radius * 0.98, deep - 0.012, deep - 0.004, 28), (x, y, z)))
        kit.put("steel", shapes.tube([(x, 0, z), (x, y + 0.03, z)], 0.014, 6))
        rim = shapes.cylinder(radius * 1.03, deep - 0.02, deep + 0.004, 28, caps=False)
        kit.put("steel", shapes.move(rim, (x, y, z)))
    plate = shapes.lathe([[0.24, 0.0], [0.20, 0.010], [0.06, 0.022], [0.03, 0.045], [0.0, 0.05]], 36)
    for x, y, z in ((-0.62, 1.12, 0.25), (0.68, 1.18, 0.2), (-0.78, 0.88, -0.2)):
        kit.put("brass", shapes.move(plate, (x, y, z)))
        kit.put("steel", shapes.tube([(x, 0, z), (x, y + 0.02, z)], 0.011, 6))
        for turn in (0.5, 2.6, 4.7):
            foot = (x + 0.22 * np.cos(turn), 0.01, z + 0.22 * np.sin(turn))
            kit.put("steel", shapes.tube([(x, 0.35, z), foot], 0.009, 5))
    kit.put("steel", shapes.move(shapes.cylinder(0.03, 0, 0.48, 10), (0, 0, -0.7)))
    kit.put("dark", shapes.move(shapes.cylinder(0.17, 0.46, 0.54, 20), (0, 0, -0.7)))
    return kit


def _microphone() -> Kit:
    """A microphone on a straight stand with a round foot."""
    kit = Kit()
    foot = shapes.lathe([[0, 0], [0.15, 0], [0.15, 0.015], [0.02, 0.035], [0, 0.035]], 24)
    kit.put("steel", foot, shapes.tube([(0, 0.03, 0), (0, 1.42, 0)], 0.011, 8))
    kit.put("dark", shapes.tube([(0, 1.42, 0), (0, 1.47, -0.10)], [0.014, 0.022], 10))
    kit.put("grille", shapes.move(shapes.sphere(0.03, 14), (0, 1.48, -0.12)))
    return kit
