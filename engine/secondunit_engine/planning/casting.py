"""Who is in a shot: people from roles, names and descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from secondunit_engine.places import place_of
from secondunit_engine.planning.plan import CastPlan
from secondunit_engine.planning.seeds import derive_seed, derive_unit
from secondunit_engine.script.prompt import Found
from secondunit_engine.script.vocabulary import PEOPLE, phrases

_FEMALE = (
    "mara, ava, anna, maria, sarah, emma, olivia, sophia, mia, isabella, amelia, charlotte, lucy, alice, clara, "
    "ella, eva, grace, hannah, jane, julia, kate, laura, lena, lily, lisa, nina, nora, rosa, ruth, susan, zoe, "
    "iris, ivy, jade, leah, mary, elena, yuki, mei, aisha, fatima, priya, amara, chloe, diana, helen, karen, "
    "rachel, sofia, vera"
)
_MALE = (
    "elias, john, james, robert, michael, william, david, richard, joseph, thomas, charles, daniel, matthew, "
    "mark, paul, steven, andrew, adam, alex, ben, carl, max, leo, sam, tom, jack, peter, frank, george, henry, "
    "hugo, ivan, jacob, jonas, kai, liam, lucas, marcus, noah, oscar, otto, ray, ryan, simon, theo, victor, "
    "mcclane, omar, ali, hiro, ravi, wei, dante, felix"
)
# Mood words as an emotion and its intensity.
EMOTIONS = {
    "upbeat": ("joy", 0.8), "tense": ("tense", 0.6), "sad": ("sad", 0.7), "angry": ("anger", 0.8),
    "fearful": ("fear", 0.7), "awe": ("awe", 0.6), "calm": ("neutral", 0.3), "determined": ("determined", 0.6),
    "romantic": ("tender", 0.5),
}  # fmt: skip


@dataclass(frozen=True)
class Description:
    """All that is said about one person, over the whole script.

    `wardrobes` are (shot of the film, counted from 0, garment) in script order; `place` is the set they are first seen
    on.
    """

    name: str
    role: str
    found: tuple[Found, ...]
    wardrobes: tuple[tuple[int, str], ...]
    place: str


def years_to_age(years: float) -> float:
    """Years of life to the 0 to 1 scale of MakeHuman's age slider: 1 year 0, 10 years .19, 25 years .5, 90 years 1."""
    knots = ((1.0, 0.0), (10.0, 0.1875), (25.0, 0.5), (90.0, 1.0))
    years = min(max(years, 1.0), 90.0)
    for (a, low), (b, high) in pairwise(knots):
        if years <= b:
            return round(low + (high - low) * (years - a) / (b - a), 4)
    return 1.0


def cast_person(person: Description, shot: int, seed: int) -> CastPlan:
    """A person as described, dressed as in this shot.

    What nobody said is drawn from the seed and the name, so it never drifts.
    """
    role_years, role_gender, role_wardrobe = PEOPLE.get(person.role, (None, None, ""))
    said = {item.facet: item.value for item in reversed(person.found)}
    emotion, intensity = EMOTIONS.get(said.get("mood", ""), ("neutral", 0.5))
    wardrobe = _worn(person, shot) or role_wardrobe or place_of(person.place).wardrobe
    name_seed = derive_seed(seed, "cast", person.name)
    return CastPlan(
        name=person.name,
        role=person.role,
        age=years_to_age(_years(said, role_years)),
        gender=_gender(person, said, role_gender, seed),
        build=float(said.get("build", 0.5)),
        melanin=round(0.25 + 0.4 * derive_unit(seed, "melanin", person.name), 3),
        hair=said.get("hair") or _usual_hair(person, seed),
        wardrobe=wardrobe,
        emotion=emotion,
        intensity=intensity,
        seed=name_seed,
    )


def _worn(person: Description, shot: int) -> str:
    """What the script last said they wear up to this shot, else what it says first."""
    garments = [garment for name, garment in person.wardrobes if name <= shot]
    return garments[-1] if garments else next((garment for _, garment in person.wardrobes), "")


def mark_name(number: int, place: str) -> str:
    """The mark of a scene's first person (0), its second and so on.

    Where a set lacks the mark, the cast stands at the hero's or beside it.
    """
    marks = place_of(place).marks
    return marks[number] if number < len(marks) else f"hero_{number + 1}"


def _years(said: dict[str, str], role_years: float | None) -> float:
    """Years of life: a number or a decade said ("30s", "late 40"), an age word, the role's usual, or thirty."""
    if "years" in said:
        words = said["years"].lower().replace("-", " ").split()
        years = float(words[-1])
        decade = {"early": 2.0, "mid": 5.0, "late": 8.0}.get(words[0], 5.0 if years % 10 == 0 else 0.0)
        return years + decade
    return float(said.get("age", role_years or 30))


def _gender(person: Description, said: dict[str, str], role_gender: float | None, seed: int) -> float:
    first = person.name.split("_")[0].lower()
    if role_gender is not None:
        return role_gender
    if first in phrases(_FEMALE + ", " + _MALE):
        return 1.0 if first in phrases(_FEMALE) else 0.0
    if "gender" in said:
        return float(said["gender"])
    return float(derive_unit(seed, "gender", person.name) < 0.5)


def _usual_hair(person: Description, seed: int) -> str:
    return "long dark" if derive_unit(seed, "hair", person.name) < 0.3 else "short dark"
