"""What the command line asks about real people, from a key to the last receipt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from secondunit_bridge.errors import BadInput, NotFound
from secondunit_engine.provenance.consent import consents
from secondunit_engine.provenance.likeness import COMMANDS
from secondunit_engine.provenance.performers import Vault

TERMS = {
    "performer": "ava",
    "project": "*",
    "description": "Ava hosts a city vlog of three minutes.",
    "starts": "2026-11-01",
    "ends": "2126-11-01",
}


def test_from_a_key_to_a_revocation(tmp_path: Path, state: Path) -> None:
    project, key, file = str(tmp_path), str(tmp_path / "ava.pem"), str(tmp_path / "terms.json")
    made = COMMANDS["make-key"](key)
    assert Path(key).stat().st_mode & 0o777 == 0o600
    COMMANDS["add-performer"](project, "ava", "AVA, Host", made["public"], json.dumps({"name": "Ava Stone"}))
    COMMANDS["draft"](file, json.dumps(TERMS))
    assert COMMANDS["sign"](file, "performer", key)["signed"] == ["performer"]
    assert COMMANDS["sign"](file, "producer", "")["signed"] == ["performer", "producer"]
    entered = COMMANDS["enter"](project, file)
    assert COMMANDS["list-performers"](project)["performers"][0]["consents"] == 1
    shown = COMMANDS["show-performer"](project, "ava")
    assert [each["consent"] for each in shown["consents"]] == [entered["consent"]]
    COMMANDS["revoke"](project, "ava", "future", "Ava Stone", "")
    assert consents(tmp_path)[0].revoked
    assert Vault(tmp_path, state).open("ava") == {"name": "Ava Stone"}


def test_what_cannot_be_is_refused_and_leaves_nothing(tmp_path: Path, state: Path) -> None:
    project, file = str(tmp_path), tmp_path / "terms.json"
    (tmp_path / "taken").write_text("a key of somebody")
    with pytest.raises(BadInput, match="never overwritten"):
        COMMANDS["make-key"](str(tmp_path / "taken"))
    for change in ({"modalities": ["nose"]}, {"starts": "soon"}, {"description": None}):
        with pytest.raises(BadInput):
            COMMANDS["draft"](str(file), json.dumps(TERMS | change))
    assert not file.exists()
    COMMANDS["draft"](str(file), json.dumps(TERMS))
    for role, key, error in (("performer", "", BadInput), ("agent", "", BadInput), ("performer", "/no", NotFound)):
        with pytest.raises(error):
            COMMANDS["sign"](str(file), role, key)
    with pytest.raises(BadInput, match="private key"):
        COMMANDS["sign"](str(file), "performer", str(tmp_path / "taken"))
    with pytest.raises(NotFound, match="no performer ava"):
        COMMANDS["revoke"](project, "ava", "all", "Ava", "")
