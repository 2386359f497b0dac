"""Which stored articles are about one event.

Of each article's title and lead a vector and the rare words are stored (``lead``). Articles that
may be of one event are found by them and linked with the log odds that they are (``likeness``).
Along these links the articles around a new one are formed into stories (``clustering``), which keep
the identifiers that they had (``identity``). ``update`` is the whole way.
"""
