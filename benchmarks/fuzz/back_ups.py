"""Restoring: a back-up is whole and ours, or refused before anything is touched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path
from random import Random

from benchmarks.fuzz.case import Case, FindingError, refusal
from benchmarks.fuzz.mutation import mutated
from benchmarks.fuzz.stored import database_in
from claims.errors import ClaimsError
from claims.store.backup import backup, restore
from claims.store.database import Database

_VIEWS = ("review_queue", "attributed_claims", "run_history", "verdicts")


def prepare(folder: Path) -> Case:
    """A database with its back-up, and another into which back-ups are restored."""
    made = database_in(folder / "made")
    backup(made, folder / "good.zip")
    good = (folder / "good.zip").read_bytes()
    into = Database(folder / "into" / "x.duckdb", wait=1)
    restore(into, folder / "good.zip")

    def case(random: Random) -> str:
        file = folder / "case.zip"
        file.write_bytes(_spoilt(random, good))
        before = _state(into.path.parent)
        try:
            restore(into, file, force=True)
        except ClaimsError as error:
            if _state(into.path.parent) != before:
                raise FindingError("something was changed before it was refused") from None
            return refusal(error)
        with into.reading() as connection:
            for view in _VIEWS:
                connection.execute(f"FROM {view}").fetchall()
        for old in into.path.parent.glob("*.replaced-*"):
            old.unlink()
        return "restored"

    return case


def _state(folder: Path) -> dict[str, bytes]:
    return {
        one.name: hashlib.sha256(one.read_bytes()).digest()
        for one in folder.iterdir()
        if one.is_file() and one.suffix != ".lock"
    }


def _spoilt(random: Random, good: bytes) -> bytes:
    """A back-up with changes: in the ZIP file itself, or in what is in it, with the checksums that
    belong to it."""
    if random.random() < 0.3:
        return mutated(random, good)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        inside = {name: archive.read(name) for name in archive.namelist()}
    contents = json.loads(inside.pop("backup.json"))
    name = random.choice(list(inside))
    if random.random() < 0.8:
        changed = bytearray(inside[name])
        for _ in range(random.randint(1, 8)):
            # The first blocks of both kinds of files say what the others are.
            at = random.randrange(random.choice((100, 12_288, len(changed))))
            changed[at % len(changed)] = random.randrange(256)
        inside[name] = bytes(changed)
    else:
        inside[name] = mutated(random, inside[name])
    contents["files"] = {one: hashlib.sha256(data).hexdigest() for one, data in inside.items()}
    told = json.dumps(contents).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("backup.json", mutated(random, told) if random.random() < 0.2 else told)
        for one, data in inside.items():
            archive.writestr(one, data)
    return out.getvalue()
