"""What the pages ask of the database: one file of ``sql/`` a question."""

from __future__ import annotations

from claims.store.questions import Questions

_PAGES = Questions("claims.review", "sql")

ask, ask_one, define = _PAGES.ask, _PAGES.ask_one, _PAGES.define
