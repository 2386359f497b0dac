"""Stanza's four networks of a language, computed with fewer steps than Stanza's own code.

Weights and results are Stanza's: ``tests/language/test_networks.py`` compares words, tags, lemmas
and trees. Together the tricks below read Urdu at 5,182 words a CPU second, where a plain Stanza
pipeline over the same models does 1,468; a cold start takes 2.1 CPU seconds in place of 3.3 and
416 MiB in place of 578 (``python -m benchmarks.throughput``, the rows ``claims`` and ``stanza``;
with attribution, speakers and terms in the former). What each gains, and what shows it:

- *No optimiser is made* for a network that nobody trains (``networks``); making one imports
  PyTorch's compiler, a second of every start (``python -m benchmarks.throughput --cold``).
- *Each kind of word is read once* (``recurrent``, ``tagger``, ``parser``): what comes into the
  first layer is multiplied for kinds of words, not for words, and both directions of an LSTM take a
  step in one product (``--sweep`` prints words a CPU second of each network).
- *A tangent is a sigmoid* (``recurrent``): all gates of a step are one call, and PyTorch's sigmoid
  takes a seventh of the time of its tangent.
- *Lines of similar length are read together*, by eights (``tokenizer``): 17,975 words a CPU second,
  against 9,677 by 32 and 11,249 by two (``--sweep --articles 6``, on a busy machine).
- *Characters are prepared with regular expressions*, not one by one (``tokenizer``).
- *What was made of letters is remembered* (``claims.language.spellings``), and so is the lemma of a
  word that no dictionary has (``lemmatizer``).
- *Best heads are tried before a tree is decoded* (``decoding``): they mostly are one already, and
  Stanza's decoder was half of the time of a parse.
- *Only the arcs of the tree are labelled*, head by head (``parser``): labelling the arcs of a head
  together halved the time of labelling.
- *Loaded models are kept from the garbage collector*, which looked through them for 0.15 s each
  time (``claims.startup``; in processes of the command line only).

Seconds of each network come with every row of ``python -m benchmarks.throughput`` and with
``--seeds``. The figures were taken with nothing else running where no busy machine is mentioned;
docs/scaling.md has them in full, and what was tried and left out.
"""
