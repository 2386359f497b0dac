"""Looking at what others may have made, in a process of its own with limits: whatever it does to
DuckDB or SQLite, the program that asks goes on and nothing of the user's was touched.

As a program, ``python -m claims.store.examination FOLDER [FILE]`` unpacks the back-up FILE into
FOLDER, if one is given, and examines what lies there; the answer is one JSON object.
"""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from claims.errors import DatabaseError
from claims.startup import own_process
from claims.store import archives

_MEMORY = 6_000_000_000  # bytes of addresses; DuckDB takes 1 GB for its rows, and more for its code
_SECONDS = 120
_BYTES_A_SECOND = 1_000_000  # an old machine reads, unpacks and counts at least so fast


def examine(folder: Path, file: Path | None = None) -> dict[str, Any]:
    """What is in ``folder``, after the back-up ``file``, where one is given, was unpacked into it.

    ``schema_version`` and ``rows`` as they were found; ``contents`` of the back-up. The database in
    ``folder`` is brought up to this program's schema. Raises DatabaseError where anything in it is
    not as claims makes it, or the examination takes more than it should.
    """
    command = [sys.executable, "-P", "-m", "claims.store.examination", str(folder)]
    size = sum(one.stat().st_size for one in folder.iterdir())
    if file is not None:
        command.append(str(file))
        size += 20 * file.stat().st_size if file.is_file() else 0
    seconds = _SECONDS + size // _BYTES_A_SECOND
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        raise DatabaseError(f"examining it took more than {seconds} seconds") from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        why = f" ({signal.Signals(-done.returncode).name})" if done.returncode < 0 else ""
        raise DatabaseError(f"the files in it cannot be read{why}") from None
    if "refused" in answer:
        raise DatabaseError(str(answer["refused"]))
    found: dict[str, Any] = answer
    return found


def _examine(folder: Path, file: Path | None) -> dict[str, Any]:
    from claims.store import ledgers, migrating, tables

    found: dict[str, Any] = {}
    if file is not None:
        contents = archives.unpack(file, folder)
        if contents.schema_version > migrating.newest():
            raise DatabaseError(
                f"its schema ({contents.schema_version}) is newer than this program knows "
                f"({migrating.newest()}); install claims {contents.claims[:20]} or newer"
            )
        for name, checksum in contents.files.items():
            if archives.sha256(folder / name) != checksum:
                raise DatabaseError(f"damaged: {name} in it has another checksum")
        found["contents"] = contents.model_dump(mode="json")
    for name in archives.LEDGERS:
        if (folder / name).exists():
            ledgers.examine(folder / name)
    version, rows = tables.examine(folder / archives.DATABASE)
    if file is not None and (version, rows) != (contents.schema_version, contents.rows):
        raise DatabaseError(f"damaged: {archives.DATABASE} in it has other rows than it says")
    return {**found, "schema_version": version, "rows": rows}


def main() -> None:
    """Examine what the command line names, within limits."""
    own_process()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    folder, *file = map(Path, sys.argv[1:])
    try:
        answer = _examine(folder, file[0] if file else None)
    except DatabaseError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        answer = {"refused": "examining it takes too much memory"}
    except OSError as error:
        answer = {"refused": f"it cannot be unpacked: {error.strerror or error}"}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
