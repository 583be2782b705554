"""Eras and seasons, by the phrases that say them; years in figures are read by `periods.era_said`."""

from __future__ import annotations

from typing import Final

ERAS: Final[dict[str, str]] = {
    "ancient": "ancient times, antiquity, ancient world, ancient rome, ancient greece, ancient egypt, biblical times",
    "medieval": (
        "medieval, middle ages, medieval times, medieval style, medieval era, dark ages, feudal, renaissance era, "
        "feudal japan"
    ),
    "victorian": (
        "victorian, victorian era, victorian style, victorian times, victorian london, dickensian, edwardian, "
        "edwardian era, gilded age, belle epoque, wild west, old west, regency era, georgian era"
    ),
    "1920s": "roaring twenties, jazz age, prohibition era, the twenties, roaring 20s",
    "1930s": "depression era, great depression, the thirties",
    "1940s": "the forties, wartime, world war ii, world war two, ww2, wwii, postwar",
    "1950s": "the fifties, fifties, mid century, mid century modern, atomic age",
    "1960s": "the sixties, sixties, swinging sixties",
    "1970s": "the seventies, seventies, disco era",
    "1980s": "the eighties, eighties, 80s style",
    "1990s": "the nineties, nineties, 90s style",
    "past": "period piece, period drama, costume drama, bygone era, old timey, olden days, historical, in the past",
    "future": (
        "futuristic, in the future, near future, distant future, far future, space age, retrofuturistic, post human"
    ),
    "present": "present day, nowadays, contemporary, in the present",
}
SEASONS: Final[dict[str, str]] = {
    "spring": (
        "springtime, in spring, in the spring, spring day, spring morning, spring afternoon, spring evening, early "
        "spring, late spring"
    ),
    "summer": (
        "summer, summertime, in summer, in the summer, midsummer, summer day, summer morning, summer afternoon, summer "
        "evening, summer night, high summer, late summer"
    ),
    "autumn": (
        "autumn, autumnal, in autumn, in the fall, autumn day, autumn morning, autumn afternoon, autumn evening, fall "
        "foliage, fall colors, fall colours, autumn colors, autumn colours, autumn foliage, autumn leaf, early autumn, "
        "late autumn, indian summer"
    ),
    "winter": (
        "winter, wintry, wintertime, in winter, in the winter, midwinter, winter day, winter morning, winter "
        "afternoon, winter evening, winter night, dead of winter, late winter"
    ),
}
