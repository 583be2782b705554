"""Shell completion, made from the command line's own parser."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "fish")


def completion_script(parser: argparse.ArgumentParser, shell: str) -> str:
    """A script to source: `source <(secondunit completion bash)`, or save it where your shell looks."""
    words = {name: _options(sub) for name, sub in _commands(parser).items()}
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](words)


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _options(parser: argparse.ArgumentParser) -> list[str]:
    """Every option of a command, and the words its positional arguments take."""
    words: list[str] = []
    for action in parser._actions:
        words += [option for option in action.option_strings if option.startswith("--")]
        if not action.option_strings and action.choices:
            words += [str(choice) for choice in action.choices]
    return words


def _bash(words: dict[str, list[str]]) -> str:
    cases = "\n".join(
        f"    {name}) COMPREPLY=($(compgen -f -W '{' '.join(each)}' -- \"$now\"));;" for name, each in words.items()
    )
    return f"""_secondunit() {{
  local now=${{COMP_WORDS[COMP_CWORD]}}
  if [ "$COMP_CWORD" = 1 ]; then COMPREPLY=($(compgen -W '{" ".join(words)}' -- "$now")); return; fi
  case ${{COMP_WORDS[1]}} in
{cases}
  esac
}}
complete -o filenames -F _secondunit secondunit"""


def _zsh(words: dict[str, list[str]]) -> str:
    return "autoload -U bashcompinit && bashcompinit\n" + _bash(words)


def _fish(words: dict[str, list[str]]) -> str:
    lines = [f"complete -c secondunit -n __fish_use_subcommand -a '{' '.join(words)}'"]
    for name, options in words.items():
        long = " ".join(f"-l {option[2:]}" for option in options if option.startswith("--"))
        lines.append(f"complete -c secondunit -n '__fish_seen_subcommand_from {name}' {long}")
    return "\n".join(lines)
