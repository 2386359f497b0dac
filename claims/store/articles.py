"""Articles into the database: whole articles, each exactly once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import resources

import duckdb

from claims.model import Analysed, Claim, Document, Spans
from claims.resolver.decisions import Decision
from claims.store.database import Database
from claims.store.insert import identifiers, insert, moment, pieces
from claims.store.reprint_key import reprint_key
from claims.store.speaker_decisions import decisions
from claims.store.speaker_links import StoredLinks
from claims.store.speakers import Who, put_speakers

_JOIN = " … "
"""Stands between the pieces of a text that is not in one piece."""


def stored(database: Database) -> dict[str, str]:
    """The articles that are there: article_id to the fingerprint of the extractor that read them.

    Empty where there is no database yet. Raises DatabaseError.
    """
    if not database.exists():
        return {}
    with database.reading() as connection:
        return dict(connection.execute("SELECT article_id, extractor FROM articles").fetchall())


def languages_of_texts(database: Database, extractor: str) -> dict[str, str]:
    """The language of each text that ``extractor`` (a fingerprint) has read, by its hash
    (``articles.content_hash``).

    Empty where there is no database yet. Raises DatabaseError.
    """
    if not database.exists():
        return {}
    with database.reading() as connection:
        return dict(
            connection.execute(
                "SELECT content_hash, language FROM articles WHERE extractor = ?", [extractor]
            ).fetchall()
        )


def save(
    database: Database, analysed: Sequence[Analysed], links: StoredLinks | None = None
) -> None:
    """Store articles with all that they gave, in one transaction: all of them or none.

    What was there of these articles goes first, with the contradictions of claims that go; the
    reviews stay. ``links`` links people who are new to those who are stored, and what people
    decided about speakers holds for the new claims too. Raises DatabaseError.
    """
    if analysed:
        decided = decisions(database.path)
        with database.writing() as connection:
            put(connection, analysed, decided, links)


def put(
    connection: duckdb.DuckDBPyConnection,
    analysed: Sequence[Analysed],
    decided: Sequence[Decision] = (),
    links: StoredLinks | None = None,
) -> None:
    """``save`` within a transaction that the caller holds."""
    # No table has a key (schema.sql says why): that an article stands once in it rests on this, and
    # on the removal of what is there.
    once = {one.document.article.article_id: one for one in analysed}
    claims = {
        claim.claim_id: (one, claim)
        for one in once.values()
        for claim in (*one.claims, *one.statements)
    }
    identifiers(connection, "new_articles", once)
    _remove(connection)
    # Speakers before claims: a claim carries its speaker's identifier and name, which may be those
    # of a voice that it was just linked to.
    who = put_speakers(connection, [claim for _, claim in claims.values()], decided, links)
    insert(connection, "articles", (_article(one) for one in once.values()))
    insert(
        connection, "sentences", (row for one in once.values() for row in _sentences(one.document))
    )
    insert(connection, "claims", (_claim(one, claim, who) for one, claim in claims.values()))
    insert(
        connection, "claim_spans", (row for _, claim in claims.values() for row in _spans(claim))
    )
    insert(
        connection,
        "claim_terms",
        (
            {
                "claim_id": claim_id,
                "term": term.text,
                "kind": term.kind,
                "start": term.start,
                "end": term.end,
            }
            for claim_id, (one, _) in claims.items()
            for term in dict.fromkeys(one.terms.get(claim_id, ()))
        ),
    )


def _remove(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove what is there of ``new_articles``; most often nothing is."""
    found = "SELECT 1 FROM articles WHERE article_id IN (FROM new_articles) LIMIT 1"
    if connection.execute(found).fetchone() is None:
        # What ``put_speakers`` asks for has to be there all the same.
        identifiers(connection, "old_voices", ())
    else:
        removal = resources.files(__package__) / "remove_articles.sql"
        connection.execute(removal.read_text(encoding="utf-8"))


def _article(one: Analysed) -> dict[str, object]:
    article = one.document.article
    return {
        **article.model_dump(mode="json"),
        "published_at": moment(article.published_at),
        "fetched_at": moment(article.fetched_at),
        "dateline_on": one.dateline_on.isoformat() if one.dateline_on else None,
        "extractor": one.extractor,
    }


def _sentences(document: Document) -> Iterator[dict[str, object]]:
    for sentence in document.sentences:
        yield {
            "article_id": document.article.article_id,
            "sentence_index": sentence.index,
            "start": sentence.start,
            "end": sentence.end,
            "text": document.article.text[sentence.start : sentence.end],
        }


def _claim(one: Analysed, claim: Claim, who: Mapping[str, Who]) -> dict[str, object]:
    article, found = one.document.article, claim.attribution
    speaker = who[claim.speaker.speaker_id] if claim.speaker else None
    via = who[claim.via.speaker_id] if claim.via else None
    return {
        "claim_id": claim.claim_id,
        "article_id": article.article_id,
        "sentence_index": found.sentence_index,
        "outlet": article.outlet,
        "language": article.language,
        "published_at": moment(article.published_at),
        "speaker_id": speaker.speaker_id if speaker else None,
        "speaker": speaker.name if speaker else None,
        "source_text": _joined(found.source, article.text) if found.source else None,
        "cue_text": _joined(found.cue, article.text),
        "content_text": _joined(found.content, article.text),
        "content_start": min((span.start for span in found.content), default=None),
        "content_end": max((span.end for span in found.content), default=None),
        "pattern": found.pattern,
        "stance": found.stance,
        "quotation": found.quotation,
        "negated": found.negated,
        "via_speaker_id": via.speaker_id if via else None,
        "confidence": found.confidence,
        "extractor": one.extractor,
        "speaker_confidence": claim.speaker_confidence if claim.speaker else None,
        "speaker_note": claim.unresolved,
        "voice_id": claim.speaker.speaker_id if claim.speaker else None,
        "via_voice_id": claim.via.speaker_id if claim.via else None,
        "wording": reprint_key(
            _voice(one, claim), found.stance, _joined(found.content, article.text)
        ),
        "modality": found.modality,
        "speaks_of": day.isoformat() if (day := one.days.get(claim.claim_id)) else None,
        "speaker_title": claim.title,
        "speaker_description": claim.description,
    }


def _voice(one: Analysed, claim: Claim) -> str | None:
    """Who says it, as far as that is the same in every reprint."""
    if claim.speaker is not None:
        return claim.speaker.name
    source = claim.attribution.source
    return _joined(source, one.document.article.text) if source else None


def _joined(spans: Spans, text: str) -> str:
    return _JOIN.join(span.of(text) for span in spans)


def _spans(claim: Claim) -> Iterator[dict[str, object]]:
    found = claim.attribution
    roles = (("source", found.source or ()), ("cue", found.cue), ("content", found.content))
    for role, spans in roles:
        for piece in pieces(spans):
            yield {"claim_id": claim.claim_id, "role": role, **piece}
