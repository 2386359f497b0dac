"""Packages that are imported in name only until somebody asks them for something."""

from __future__ import annotations

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any


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


def defer(*packages: str) -> None:
    """Let whoever imports these have them without their code, which runs when it is needed.

    Their modules can be imported on their own (``stanza.models`` without all that ``stanza``
    offers). What has been imported already, or is not installed, stays as it is.
    """
    for package in packages:
        spec = find_spec(package) if package not in sys.modules else None
        if spec is not None:
            module = module_from_spec(spec)
            module.__class__ = _Deferred
            sys.modules[package] = module
