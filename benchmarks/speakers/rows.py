"""How many rows of speakers a database has for its claims, and how many names look wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from claims.model import Analysed
from claims.speakers.doubts import Doubts
from claims.speakers.transliteration import Transliteration
from claims.store.articles import save
from claims.store.database import Database
from claims.store.doubtful_speakers import doubtful
from claims.store.speaker_links import StoredLinks


def rows(
    analysed: Sequence[Analysed], transliteration: Transliteration, doubts: Doubts
) -> dict[str, int]:
    """The rows of ``speakers`` that storing some articles makes, for each 1,000 claims, as a run
    links them; ``doubtful`` are those that `claims doctor` would tell of."""
    with tempfile.TemporaryDirectory(prefix="claims-speakers-") as folder:
        database = Database(Path(folder) / "claims.duckdb")
        save(database, analysed, StoredLinks(transliteration))
        with database.reading() as connection:
            found = connection.execute(
                "SELECT (SELECT count(*) FROM claims WHERE pattern <> 'unattributed'), "
                "(SELECT count(*) FROM speakers)"
            ).fetchone()
            wrong = len(doubtful(connection, doubts))
    claims, speakers = found or (0, 0)
    return {
        "articles": len(analysed),
        "claims": claims,
        "speakers": speakers,
        "for_1000_claims": round(1000 * speakers / claims) if claims else 0,
        "doubtful": wrong,
    }
