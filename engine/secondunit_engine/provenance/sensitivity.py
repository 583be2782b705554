"""What a take may upset, before it is posted: category by category, and honest about what nobody has looked at.

We know the world that we show, so most is read from the brief and the plan: weapons, falls, who is real, who is a
child, what is said. Nothing looks at the pixels yet, and the report says so; a category that neither words nor plan can
tell is `not_assessed`, which never means that it passed.

    report = assess(recipe)
    report.findings            # one for each category, with the frames and the words that led to it
    report.disclosures         # what platforms ask to be told
    decide_on_report(project, report, by="A. Name", cleared=True, note="", identity=identity)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from secondunit_bridge.errors import BadInput
from secondunit_engine.planning.casting import years_to_age
from secondunit_engine.planning.plan import BeatPlan, ShotPlan
from secondunit_engine.provenance.canonical import canonical, fingerprint
from secondunit_engine.provenance.identity import Identity
from secondunit_engine.provenance.ledger import Kind, Row, append
from secondunit_engine.provenance.manifest import Manifest, Recipe

Verdict = Literal["found", "not found", "not_assessed"]
_DOMAIN = b"secondunit sensitivity 1\0"
_ADULT = 18.0  # years

# Words are matched whole; lists are short on purpose: a word that is often innocent raises no flag.
_WORDS: dict[str, str] = {
    "violence": r"blood(?:y|ied)?|gor[ey]|corpses?|dead body|murder(?:s|ed)?|kill(?:s|ed|ing)?|stab(?:s|bed|bing)?|"
    r"tortur(?:e|es|ed|ing)|behead(?:s|ed)?|massacre|strangl(?:e|es|ed|ing)|beat(?:s|en)? (?:him|her|them) up",
    "self-harm": r"suicides?|suicidal|kills? (?:him|her|them|my)sel(?:f|ves)|self[- ]harm\w*|"
    r"cuts? (?:his|her|my) wrists?|hangs? (?:him|her|my)self|overdos(?:e|es|ed)",
    "weapons": r"guns?|pistols?|rifles?|revolvers?|shotguns?|machine guns?|swords?|daggers?|knives|grenades?|bombs?|"
    r"explosives?|ammunition|crossbows?",
    "nudity": r"naked|nude|nudity|topless|undress(?:es|ed|ing)?|strips? off|sex scene|make love",
    "possible minor": r"child(?:ren)?|kids?|toddlers?|bab(?:y|ies)|infants?|schoolgirls?|schoolboys?|teen(?:ager)?s?|"
    r"little (?:girl|boy)s?|minors?",
    "profanity": r"fuck\w*|shit\w*|bitch(?:es)?|bastards?|assholes?|cunts?|motherfuck\w*",
}
_STUNTS = {"weapon": "weapons", "fight": "violence"}
_BY_EYE = ("realism", "public figure", "hate")  # categories that we have no detector for
_NOT_SEEN = "The pixels were not looked at."


@dataclass(frozen=True)
class Finding:
    """One category. `frames` are (first, frames) of the shot; `source` is "brief", "plan" or "" where nothing looked;
    `evidence` are the words or facts that led to it."""

    category: str
    verdict: Verdict
    source: str
    evidence: tuple[str, ...]
    frames: tuple[tuple[int, int], ...]
    remark: str = ""


@dataclass(frozen=True)
class Report:
    shot: str
    take: int
    manifest: str
    findings: tuple[Finding, ...]
    disclosures: tuple[str, ...]


def assess(manifest: Manifest) -> Report:
    """What the brief and the plan of a take say in each category. Raises BadInput for the manifest of a cut."""
    recipe = manifest.recipe
    if not isinstance(recipe, Recipe):
        raise BadInput("That is the manifest of a cut.", mend="Ask for each of its takes.")
    shot = recipe.plan
    findings = [_words(category, shot) for category in _WORDS]
    findings += [_stunt_risk(shot), _real_person(recipe)]
    findings += [Finding(category, "not_assessed", "", (), (), _NOT_SEEN) for category in _BY_EYE]
    return Report(shot.id, recipe.take, manifest.hash, tuple(findings), _disclosures(recipe, findings))


def decide_on_report(project: Path, report: Report, *, by: str, cleared: bool, note: str, identity: Identity) -> Row:
    """Enter a reviewer's decision on a report, signed; another report is another decision. Raises BadInput."""
    if not by.strip():
        raise BadInput("Nobody has reviewed it.", mend="Say who does with --by NAME.")
    body = {
        "shot": report.shot,
        "take": report.take,
        "manifest": report.manifest,
        "report": fingerprint(asdict(report)),
        "found": sorted(each.category for each in report.findings if each.verdict == "found"),
        "not_assessed": sorted(each.category for each in report.findings if each.verdict == "not_assessed"),
        "by": by.strip(),
        "decision": "cleared" if cleared else "held back",
        "note": note.strip(),
    }
    signature = identity.ledger_key.sign(_DOMAIN + canonical(body))
    return append(project, Kind.REVIEW, body | {"signature": signature.hex(), "key": identity.public_key.hex()})


def _words(category: str, shot: ShotPlan) -> Finding:
    """A category by its words in the beats and lines of a shot, its stunt marks and the ages of its cast."""
    pattern = re.compile(rf"\b(?:{_WORDS[category]})\b", re.I)
    evidence, frames = [], []
    for text, first, count in _said(shot):
        words = [match[0] for match in pattern.finditer(text)]
        if words:
            evidence += words
            frames.append((first, count))
    marks = [mark for mark in shot.stunts if _STUNTS.get(mark.kind) == category]
    children = [who.name for who in shot.cast if category == "possible minor" and who.age < years_to_age(_ADULT)]
    evidence += [mark.text or mark.reason for mark in marks] + [f"{name} is cast under 18" for name in children]
    if (marks or children) and not frames:
        frames.append((0, shot.frames))
    if evidence:
        source = "brief" if not (marks or children) else "plan"
        return Finding(category, "found", source, tuple(dict.fromkeys(evidence)), tuple(frames))
    remark = _NOT_SEEN if category in ("nudity", "violence") else ""
    return Finding(category, "not found", "brief", (), (), remark)


def _said(shot: ShotPlan) -> Iterator[tuple[str, int, int]]:
    """Every sentence of a shot with the frames it is for; lines are beats too, but not always."""
    beats: Iterable[BeatPlan] = shot.beats
    yield from ((beat.text, beat.start, beat.frames) for beat in beats)
    yield from ((line.text, line.start, line.frames) for line in shot.dialogue)
    yield from ((graphic.text, graphic.start, graphic.frames) for graphic in shot.graphics)


def _stunt_risk(shot: ShotPlan) -> Finding:
    told = tuple(f"{mark.kind}: {mark.text or mark.reason}" for mark in shot.stunts)
    frames = ((0, shot.frames),) if told else ()
    return Finding("stunt risk", "found" if told else "not found", "plan", told, frames)


def _real_person(recipe: Recipe) -> Finding:
    told = tuple(f"{person.name}, under {', '.join(person.consents)}" for person in recipe.people)
    frames = ((0, recipe.plan.frames),) if told else ()
    return Finding("real person", "found" if told else "not found", "plan", told, frames)


def _disclosures(recipe: Recipe, findings: Iterable[Finding]) -> tuple[str, ...]:
    """What platforms ask to be told of such a take, in general words; their own rules decide."""
    told = ["Made by computer: YouTube (“altered or synthetic”), TikTok and Meta (“AI info”) ask for a label if it "
            "looks real."]  # fmt: skip
    if recipe.people:
        told.append("A real person's likeness: the label is due whether or not it looks real.")
    found = {each.category for each in findings if each.verdict == "found"}
    if found & {"violence", "weapons", "nudity", "self-harm"}:
        told.append("Set an age restriction, or expect one.")
    if "possible minor" in found:
        told.append("A child is shown: check the platform's rules on minors before posting.")
    return tuple(told)
