"""Articles read by several processes at once, with the same results as by one.

Each process loads the models once. Chunks come back in the order in which they were given, so
whoever stores them does so in the same order as with one process. A process that dies takes no
results with it: what it had in hand is given to another.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from claims import startup
from claims.errors import ClaimsError
from claims.model import Analysed, Article, Failure

if TYPE_CHECKING:
    from claims.pipeline.analyser import Analyser

Read = tuple[list[Analysed], list[Failure]]

AHEAD = 2
"""Chunks for each process that wait or are done before the first is asked for: one is read while
the other is sent and stored. More would only hold texts in memory."""

DEATHS = 3
"""Processes that may die over one chunk before it is given up. One may be killed for a neighbour's
memory; three over the same articles are their doing, or there is no memory for so many."""


@cache
def _analyser(config: str) -> Analyser:
    from claims.config.settings import load_pipeline
    from claims.pipeline.analyser import Analyser

    return Analyser(Path(config), load_pipeline(Path(config)))


def analyse(config: str, articles: Sequence[Article]) -> Read:
    """``Analyser.analyse`` of the configuration folder ``config``, in this or another process.

    The analyser with its models is made once a process. What comes back has no words in its
    sentences: nothing that is stored needs them, and they are most of what there is to send.
    """
    analysed, failures = _analyser(config).analyse(articles)
    light = [_light(one) for one in analysed]
    del analysed
    startup.give_back()
    return light, failures


def _light(one: Analysed) -> Analysed:
    sentences = tuple(
        sentence.model_copy(update={"words": ()}) for sentence in one.document.sentences
    )
    document = one.document.model_copy(update={"sentences": sentences})
    return one.model_copy(update={"document": document})


class Workers:
    """``count`` processes that read articles by the configuration folder ``config``.

    A context: at its end, however it ends, the processes are gone. They end by themselves where
    the process that started them is killed, and do not hear a terminal's Ctrl-C.
    """

    def __init__(self, config: Path, count: int) -> None:
        self._config = str(config.resolve())
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stop()

    def analyse(self, chunks: Iterable[Sequence[Article]]) -> Iterator[Read]:
        """What each chunk gives, in their order; chunks are drawn as processes come free.

        Raises ClaimsError where a chunk kills its process ``DEATHS`` times, and what
        ``Analyser.analyse`` raises.
        """
        source = iter(chunks)
        waiting: deque[tuple[Sequence[Article], Future[Read]]] = deque()
        deaths = 0
        while True:
            while len(waiting) < AHEAD * self._count and (chunk := next(source, None)) is not None:
                waiting.append((chunk, self._submit(chunk)))
            if not waiting:
                return
            try:
                result = waiting[0][1].result()
            except BrokenProcessPool:
                deaths += 1
                if deaths >= DEATHS:
                    raise ClaimsError(
                        f"worker processes were killed {deaths} times over the same articles "
                        f"(from {waiting[0][0][0].path}): is there memory for {self._count}? "
                        "Lower `workers` in pipeline.yaml; what was stored is whole"
                    ) from None
                self._stop()
                waiting = deque(
                    (chunk, future if _read(future) else self._submit(chunk))
                    for chunk, future in waiting
                )
                continue
            deaths = 0
            waiting.popleft()
            yield result

    def _submit(self, chunk: Sequence[Article]) -> Future[Read]:
        # A process that starts here inherits the mask: it must not hear Ctrl-C even before
        # ``_start``.
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._running().submit(analyse, self._config, chunk)
        except BrokenProcessPool:  # died between two chunks
            self._stop()
            return self._running().submit(analyse, self._config, chunk)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def _running(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._count, mp_context=multiprocessing.get_context("spawn"), initializer=_start
            )
        return self._pool

    def _stop(self) -> None:
        if self._pool is not None:
            processes = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.kill()
            for process in processes:
                process.join()
            self._pool = None


def _read(future: Future[Read]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _start() -> None:
    """What a worker does first: leave Ctrl-C to its parent, and end when that does. It is a process
    of our own, whoever started it."""
    startup.own_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
