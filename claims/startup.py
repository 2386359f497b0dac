"""What the processes of the command line do to themselves: collector, environment, imports.

Each of these changes something that a whole process shares, so only the command ``claims``, the
worker processes that it starts and runs by the clock ask for them, by ``own_process``. A program
that imports this package gets none of them. What each gains:

- *The collector looks less often* (``gc.set_threshold``): reading an article makes millions of
  objects that stay (code, models, lexicons). By Python's default of 700 looking through them is an
  eighth of a cold start (``python -m benchmarks.throughput --cold``).
- *What stays is frozen* (``gc.freeze``): after models are loaded, as looking through them costs
  0.15 s each time; and at the end, where Python would look through everything several times.
- *Free memory goes back to the system* (``malloc_trim``): of what loading a network and reading
  articles take for a moment, the C library keeps up to 190 MiB for later
  (``python -m benchmarks.memory``).
- *Pydantic looks for no plugins* (``PYDANTIC_DISABLE_PLUGINS``): it would ask every package that is
  installed.
- *pandas is known to be missing* (``sys.modules``): DuckDB imports it twice for each value that it
  is given. Where it is not installed Python looks for it in every folder each time, which is 90 %
  of what a value costs; so it fails at once.
- *Stanza, networkx, requests and a module of PyTorch are imported in name only*: Stanza's
  modules and PyTorch import them, and our networks ask them for nothing. PyTorch's (the shapes of
  what is never computed) is a quarter of its import; it is run before PyTorch's compiler is
  imported, as by all of Stanza, since that stands on it.
"""

from __future__ import annotations

import atexit
import ctypes
import gc
import os
import sys
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

_YOUNG = 100_000
"""Objects made between two looks for garbage."""

_UNASKED = ("stanza", "networkx", "requests", "torch._meta_registrations")

_own = False


def own_process() -> None:
    """Say that this process is the command's own, and spare it what it has no use for.

    To be called first, before what is heavy is imported.
    """
    global _own
    if _own:
        return
    _own = True
    gc.set_threshold(_YOUNG)
    atexit.register(gc.freeze)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    if find_spec("pandas") is None:
        sys.modules["pandas"] = None  # type: ignore[assignment]


def before_models() -> None:
    """To be called before Stanza's modules are imported; does nothing in others' processes."""
    if _own:
        _defer(*_UNASKED)


def after_models() -> None:
    """To be called when models are loaded; does nothing in others' processes."""
    if _own:
        gc.freeze()
        give_back()


def give_back() -> None:
    """Give the system what memory is free, where the C library can; does nothing in others'
    processes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if _own else None
    if trim is not None:
        trim(0)


class _Deferred(ModuleType):
    """A package that runs its own code when it is first asked for what it does not have yet.

    ``importlib.util.LazyLoader`` would run it as soon as another module imports it.
    """

    def __getattr__(self, name: str) -> Any:
        spec = self.__spec__
        assert spec is not None and spec.loader is not None
        object.__setattr__(self, "__class__", ModuleType)
        spec.loader.exec_module(self)
        return getattr(self, name)


class _BeforeCompiler(MetaPathFinder):
    """Runs what PyTorch's compiler stands on before that is imported; finds no module itself."""

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> None:
        """Nothing, so that the others are asked."""
        if fullname == "torch._dynamo":
            sys.meta_path.remove(self)
            made = sys.modules.get("torch._meta_registrations")
            if isinstance(made, _Deferred):
                made.__getattr__("__doc__")


def _defer(*packages: str) -> None:
    """Let whoever imports these have them without their code, which runs when it is needed.

    Their modules can be imported on their own (``stanza.models`` without all that ``stanza``
    offers). What has been imported already, or is not installed, stays as it is.
    """
    for package in packages:
        spec = _spec(package) if package not in sys.modules else None
        if spec is not None:
            module = module_from_spec(spec)
            module.__class__ = _Deferred
            sys.modules[package] = module
            if package.startswith("torch."):
                sys.meta_path.insert(0, _BeforeCompiler())


def _spec(module: str) -> ModuleSpec | None:
    """Where a module lies, without importing what it is a part of, as ``find_spec`` would."""
    package = module.rpartition(".")[0]
    if not package:
        return find_spec(module)
    if package in sys.modules or (whole := find_spec(package)) is None:
        return None  # what has been imported has imported its parts
    return PathFinder.find_spec(module, whole.submodule_search_locations)
