"""Search over claims: who said what about something, and when.

Commands, pages, JSON, exports and the MCP server ask all in one way:

    query = ClaimQuery.read({"text": "taxes", "speaker": "Trump", "since": "2016-09"})
    with database.reading() as connection:
        page = search(connection, query)        # a FoundPage: claims, total, facets
        all_of_them = found_ids(connection, query)  # identifiers only, for an export

``ClaimQuery`` (``claim_query.py``) is what is asked; ``ClaimQuery.read`` takes texts, as they stand
in an address, an option or a tool's arguments, and raises QueryError with one line for what is no
query. ``FoundPage`` and ``FoundClaim`` (``found_claims.py``) are what comes back. Both may get more
fields.
"""
