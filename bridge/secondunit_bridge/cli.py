"""The command line: the same words as the design, and one JSON document on standard output with --json.

Exit codes: 0 done, 2 the input needs a change, 1 failed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from secondunit_bridge import (
    __version__,
    commands,
    conform_commands,
    consent_commands,
    cue_commands,
    look_commands,
    music_commands,
    plan_commands,
    proof_commands,
)
from secondunit_bridge.asking import STYLES
from secondunit_bridge.completion import SHELLS, completion_script
from secondunit_bridge.errors import SecondUnitError
from secondunit_bridge.terminal import say

# The faders of a look beside exposure and temperature, and what each does.
_FADERS = {
    "contrast": "1 is neutral",
    "saturation": "1 is neutral",
    "bloom": "light scattered in the glass (0.13)",
    "vignette": "darker corners (0.4)",
    "grain": "0.007 is clean, 0.04 a fast film",
    "aberration": "colour fringes (0.0015)",
    "split-tone": "cool shadows against warm lights (0.3)",
    "halation": "red halo of film about lamps (0; film 0.09)",
    "streak": "blue streak of anamorphic glass (0; anamorphic 0.06)",
    "ghosts": "images of lamps in the glass (0; vintage 0.01)",
    "film": "colours mixed as dyes do (0 to 1)",
    "drops": "water on the front glass (0 to 1)",
}
Run = Callable[[argparse.Namespace], commands.Outcome]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = build_parser()
    options = parser.parse_args(arguments)
    run: Run = options.run
    try:
        outcome = run(options)
        if outcome.document is not None or outcome.text:
            print(json.dumps(outcome.document, ensure_ascii=False) if options.json else outcome.text, flush=True)
        return outcome.exit_code
    except SecondUnitError as error:
        return _fail(error, options.json)
    except KeyboardInterrupt:
        say("Stopped.")
        return 1
    except BrokenPipeError:  # the reader of our output went away, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _fail(error: SecondUnitError, as_json: bool) -> int:
    if as_json:
        told = {"error": {"name": type(error).__name__, "message": error.message, "mend": error.mend}}
        print(json.dumps(told, ensure_ascii=False))
    say(f"secondunit: {error}")
    return error.exit_code


def build_parser() -> argparse.ArgumentParser:
    """Every command with its options; also what shell completion is made from."""
    parser = argparse.ArgumentParser(
        prog="secondunit", description="A film crew inside the editor: words become finished, signed takes."
    )
    parser.add_argument("--version", action="version", version=f"secondunit {__version__}")
    commands_ = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(name: str, run: Run, help: str) -> argparse.ArgumentParser:
        sub = commands_.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        sub.add_argument("--json", action="store_true", help="print one JSON document and nothing else")
        sub.set_defaults(run=run)
        return sub

    _shooting(command)
    _planning(command)
    _finishing(command)
    _looking(command)
    _proving(command)
    _running(command)
    return parser


Add = Callable[[str, Run, str], argparse.ArgumentParser]


def _settings(sub: argparse.ArgumentParser) -> None:
    """What shoot, retake and plan share."""
    sub.add_argument("--project", metavar="DIR", help="the project folder; without it one is made here")
    sub.add_argument("--seconds", help="length of each shot, such as 3 or 5/2")
    sub.add_argument("--size", metavar="WxH", help="picture size in pixels, such as 854x480")
    sub.add_argument("--rate", help="frame rate, such as 24, 23.976 or 24000/1001")
    sub.add_argument("--quality", choices=("draft", "preview", "final"), help="speed against noise")
    sub.add_argument("--seed", type=int, help="every random choice follows from it")


def _shooting(command: Add) -> None:
    shoot = command("shoot", commands.shoot, "shoot a prompt or a screenplay; takes go on the project's timeline")
    shoot.add_argument("brief", metavar="BRIEF", help="a prompt in quotation marks, or a .fountain, .fdx or .txt file")
    _settings(shoot)
    _directing(shoot)
    shoot.add_argument("--despite-errors", action="store_true", help="shoot although continuity has errors")
    shoot.add_argument("--handles", type=int, metavar="FRAMES", help="shot before and after, for dissolves and trims")
    _budget(shoot)
    retake = command("retake", commands.retake, "shoot one shot again; only what the note touches is made again")
    retake.add_argument("shot", metavar="SHOT", help="for example sh010")
    retake.add_argument("note", metavar="NOTE", nargs="?", default="", help='such as "lower, 85mm, push in slower"')
    retake.add_argument("--take", type=int, default=0, metavar="N", help="go on from this take (default: the last)")
    _settings(retake)
    _budget(retake)


def _budget(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--budget", metavar="TIME", help="time for each shot, such as 10m; picks its samples and size")


def _planning(command: Add) -> None:
    plan = command("plan", plan_commands.plan, "read a brief and show the shots; draw a board or an animatic of them")
    plan.add_argument("brief", metavar="BRIEF", help="a prompt, or a .fountain, .fdx or .txt file")
    _settings(plan)
    _directing(plan)
    plan.add_argument("--board", metavar="FILE", default="", help="draw the storyboard (.pdf)")
    plan.add_argument("--animatic", metavar="FILE", default="", help="draw the animatic (.mov)")
    plan.add_argument("--floor-plans", metavar="DIR", default="", help="draw each scene from above")
    plan.add_argument("--metadata", metavar="DIR", default="", help="write OpenTrackIO, ASC FDL, OTIO and a shot list")
    plan.add_argument("--every", type=int, metavar="N", help="a new drawing every N frames of the animatic")
    plan.add_argument("--changes", metavar="OLD", default="", help="say what changed against this older version")
    beats = command("beats", plan_commands.beats, "list, edit, lock, reorder and cover the beats of a script")
    beats.add_argument("brief", metavar="SCRIPT", help="a .fountain file, or a prompt")
    beats.add_argument("action", nargs="?", default="list", choices=plan_commands.ACTIONS)
    beats.add_argument("beat", metavar="BEAT", nargs="?", default="", help="for example sc010.b03")
    beats.add_argument("text", metavar="TEXT", nargs="?", default="", help="new words; with choose a, b or c")
    beats.add_argument("--after", metavar="BEAT", default="", help="with move: behind this beat; without it first")
    beats.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    _settings(beats)


def _directing(sub: argparse.ArgumentParser) -> None:
    """What shoot and plan share beside the settings."""
    sub.add_argument(
        "--motion-intensity",
        type=float,
        metavar="0..1",
        help="spray, sway, dust: 0 none, 1 all",
    )
    sub.add_argument("--style", choices=tuple(STYLES), help="how scenes are covered (default: coverage)")
    sub.add_argument("--total", metavar="SECONDS", help="how long all shots together shall be")
    sub.add_argument("--mood-board", metavar="DIR", default="", help="a folder of pictures that say how it should look")
    sub.add_argument("--rules", metavar="FILE", default="", help="sponsors' rules, one a line")
    sub.add_argument("--beat-sync", metavar="TRACK", default="", help="music that the film is cut to, on its beats")
    sub.add_argument("--bpm", type=float, help="the music's tempo, if it is not found rightly")
    sub.add_argument("--table", metavar="FILE", default="", help="a .csv or .json table: one film for each row")


def _finishing(command: Add) -> None:
    relight = command("relight", commands.relight, "another light mix or look for a shot; nothing is rendered again")
    relight.add_argument("shot", metavar="SHOT", help="for example sh010")
    relight.add_argument(
        "--light", action="append", default=[], metavar="GROUP=CHANGE",
        help="stops and kelvin, or off/on: key=+1, neon=-0.5@+800, fill=off (repeatable)",
    )  # fmt: skip
    for name, unit in (("exposure", "stops"), ("temperature", "kelvin, positive is warmer")):
        relight.add_argument(f"--{name}", type=float, help=unit)
    for name, meaning in _FADERS.items():
        relight.add_argument(f"--{name}", type=float, help=meaning)
    relight.add_argument("--look", metavar="NAME", help="one of `secondunit looks`; other faders come on top of it")
    relight.add_argument("--view", choices=("aces", "agx"), help="the display transform")
    relight.add_argument("--lut", help="a .cube, .3dl or CLF file; an empty word takes it away")
    relight.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")
    look_commands.add_arguments(
        command("looks", look_commands.looks, "the looks that `relight --look` knows; one as a LUT for the editor")
    )
    conform_commands.add_arguments(
        command("conform", conform_commands.conform, "make one master from anybody's cut (OTIO, FCP7 XML, EDL, AAF)")
    )
    music_commands.add_arguments(
        command("music", music_commands.music, "find beats, sections and drops of a track; roll a cut onto them")
    )
    conform_commands.add_changes_arguments(
        command("changes", conform_commands.changes, "what is different between two versions of a cut, to the frame")
    )
    usdz = command("usdz", commands.usdz, "pack the world of a shot as one USDZ file")
    usdz.add_argument("shot", metavar="SHOT", help="for example sh010")
    usdz.add_argument("--out", metavar="FILE", help="without it deliveries/ of the project")
    usdz.add_argument("--ar", action="store_true", help="without lights, which AR viewers bring themselves")
    usdz.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")


def _looking(command: Add) -> None:
    for name, run, help in (
        ("takes", commands.takes, "list what has been shot"),
        ("cast", commands.cast, "list who is in the shots"),
        ("cues", cue_commands.cues, "what is heard and when; to an editor's markers and back"),
    ):
        sub = command(name, run, help)
        if name in ("takes", "cues"):
            sub.add_argument("shot", metavar="SHOT", nargs="?", default="", help="only this shot")
        if name == "cues":
            cue_commands.add_arguments(sub)
        sub.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")
    library = command(
        "library", commands.library,
        "keep checked and credited assets in the project: add, list, remove; a noun brings one to a shot",
    )  # fmt: skip
    library.add_argument("action", nargs="?", default="list", choices=("add", "list", "remove"))
    library.add_argument(
        "what", metavar="PATH|NAME", nargs="?", default="", help="a glTF, OBJ, USD or SH3F file or a folder"
    )
    library.add_argument("--licence", metavar="TEXT", default="", help="the terms, if no LICENSE file lies beside it")
    library.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")
    cloth = command("cloth", commands.cloth, "list the project's simulated cloth, or drop it: it is simulated anew")
    cloth.add_argument("action", nargs="?", default="list", choices=("list", "drop"))
    cloth.add_argument("names", metavar="NAME", nargs="*", help="which to drop; without any, all")
    cloth.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")


def _proving(command: Add) -> None:
    verify = command("verify", proof_commands.verify, "say whether a file is ours and intact")
    verify.add_argument("file", metavar="FILE", help="a picture, a still, a sound, or a folder of EXR frames")
    verify.add_argument("--project", metavar="DIR", help="a project whose manifests may be looked up")
    ledger = command("ledger", proof_commands.ledger, "check the project's books and show their rows")
    approve = command(
        "approve", proof_commands.approve, "answer for a shot with stunts, which is a preview until somebody does"
    )
    approve.add_argument("shot", metavar="SHOT", nargs="?", default="", help="without it: which shots wait")
    approve.add_argument("--by", metavar="NAME", default="", help="who answers for it")
    approve.add_argument("--take", type=int, metavar="N", help="the take that was looked at (default: the last)")
    approve.add_argument("--reject", action="store_true", help="refuse it, or take an approval back")
    approve.add_argument("--note", metavar="TEXT", default="", help="why, on one line")
    sensitivity = command("sensitivity", proof_commands.sensitivity, "what a take may upset, before it is posted")
    sensitivity.add_argument("shot", metavar="SHOT", help="for example sh010")
    sensitivity.add_argument("--take", type=int, metavar="N", help="default: the last")
    sensitivity.add_argument("--by", metavar="NAME", default="", help="enter this reviewer's decision, signed")
    sensitivity.add_argument("--hold", action="store_true", help="with --by: hold it back instead of clearing it")
    sensitivity.add_argument("--note", metavar="TEXT", default="", help="with --by: why")
    reshoot = command("reshoot", proof_commands.reshoot, "shoot a take again from its manifest; is it the same?")
    reshoot.add_argument("manifest", metavar="MANIFEST", help="a take's folder, or its manifest.json")
    reshoot.add_argument("--project", metavar="DIR", help="where to (default: a new project beside you)")
    archive = command("archive", proof_commands.archive, "put the whole project into one file that checks itself")
    archive.add_argument("--out", metavar="FILE", help="where (default: PROJECT.archive.zip beside the project)")
    archive.add_argument("--check", metavar="FILE", default="", help="check an archive instead of writing one")
    diff = command("diff", proof_commands.differences, "what is different between two takes of a shot")
    diff.add_argument("shot", metavar="SHOT", help="for example sh010")
    diff.add_argument("before", metavar="TAKE", nargs="?", type=int, help="without it: the take it was made from")
    diff.add_argument("after", metavar="TAKE", nargs="?", type=int, help="without it: the last take")
    performer = command("performer", consent_commands.performer, "the real people of a project: list, add, show, key")
    consent = command(
        "consent", consent_commands.consent, "what real people allow: list, draft, sign, enter, revoke, delete"
    )
    consent_commands.add_arguments(performer, consent)
    royalties = command("royalties", consent_commands.royalties, "what performers are owed: list, rate, reverse")
    consent_commands.add_royalty_arguments(royalties)
    for sub in (ledger, approve, sensitivity, archive, diff, performer, consent, royalties):
        sub.add_argument("--project", metavar="DIR", help="the project folder; without it the one you stand in")


def _running(command: Add) -> None:
    jobs = command("jobs", commands.jobs, "the queue: list, watch, cancel, pause, resume, move, retry")
    jobs.add_argument(
        "action", nargs="?", default="list",
        choices=("list", "watch", "cancel", "cancel-all", "pause", "resume", "move", "retry"),
    )  # fmt: skip
    jobs.add_argument(
        "job", metavar="JOB", nargs="?", default="", help="without it the whole queue, where that is meant"
    )
    jobs.add_argument("--before", metavar="JOB", default="", help="with move: in front of this job; without it last")
    engine = command("engine", commands.engine, "the engine that stays: start, stop, status")
    engine.add_argument("action", nargs="?", default="status", choices=("start", "stop", "status"))
    engine.add_argument("--gateway", action="store_true", help="serve HTTP and WebSocket on loopback until Ctrl-C")
    engine.add_argument("--port", type=int, metavar="N", help="with --gateway: 0 takes any free one")
    engine.add_argument("--project", metavar="DIR", help="with --gateway: where /v1/videos shoots to")
    engine.add_argument(
        "--allow-origin", action="append", default=[], metavar="ORIGIN", help="with --gateway: a page that may call it"
    )
    plugins = command(
        "install-plugins",
        commands.install_plugins,
        "put the menu scripts where Resolve looks, or pack Premiere's panel",
    )
    plugins.add_argument("--ccx", metavar="FILE", help="write the Premiere panel as a package instead")
    plugins.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    plugins.add_argument("--uninstall", action="store_true", help="take them away again")
    plugins.add_argument(
        "--check", action="store_true", help="say whether they are whole and start, and change nothing"
    )
    watch = command("watch", commands.watch, "make every brief and cut that is dropped into a folder")
    watch.add_argument("folder", metavar="FOLDER", help="results go to done/ and failed/ in it, takes to film/")
    watch.add_argument("--once", action="store_true", help="until the folder is empty, not for ever")
    command("doctor", commands.doctor, "say what this machine can and cannot do")
    demo = command("demo", commands.demo, "shoot, retake, relight and conform a three-shot scene")
    demo.add_argument("--project", metavar="DIR", default="demo-film", help="where (default: demo-film)")
    completion = command("completion", _completion, "print a completion script for your shell")
    completion.add_argument("shell", choices=SHELLS)


def _completion(options: argparse.Namespace) -> commands.Outcome:
    script = completion_script(build_parser(), options.shell)
    document: dict[str, Any] = {"shell": options.shell, "script": script}
    return commands.Outcome(document, script)


if __name__ == "__main__":
    sys.exit(main())
