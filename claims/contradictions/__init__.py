"""Which stored claims cannot both stand.

Two ``Statement``s of the store that may conflict become a ``CandidatePair`` (``candidates``), a
judge gives it a ``Judgement`` (``judges``), what conflicts is ranked (``ranking``) and comes out as
a ``Contradiction`` of the model, ready to store. ``find`` is the whole way.
"""
