"""The encoder by ONNX Runtime and by OpenVINO, as functions that read one line.

Their ways to 8 bits round all that goes into a matrix together, so the one column whose values
are far larger than all others is multiplied apart from it here, as this package does.
"""

from __future__ import annotations

import copy
import logging
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from benchmarks.kernels.own import Read
from claims.language.encoder.network import Encoder
from claims.language.encoder.quantize import LEVELS

GROUPS = (32, 128)
"""How many values OpenVINO rounds with one scale."""


class Apart(nn.Module):  # type: ignore[misc]
    """A linear layer whose longest column is multiplied by itself, before anything is rounded."""

    def __init__(self, whole: nn.Linear) -> None:
        super().__init__()
        place = int(whole.weight.norm(dim=0).argmax())
        self.place = place
        self.register_buffer("column", whole.weight[:, place].detach().clone())
        self.register_buffer("others", torch.ones(whole.in_features))
        self.others[place] = 0
        self.whole = whole

    def forward(self, x: Tensor) -> Tensor:
        """(…, out) of (…, in)."""
        made: Tensor = self.whole(x * self.others)
        return made + x[..., self.place : self.place + 1] * self.column


class Plain(nn.Module):  # type: ignore[misc]
    """The encoder for one line without padding, so that no step depends on a value."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = copy.deepcopy(encoder).requires_grad_(False)
        for layer in self.encoder.layers:
            layer.down = Apart(layer.down)

    def forward(self, words: Tensor) -> Tensor:
        """(1, length, hidden) of the same."""
        x: Tensor = self.encoder.norm(words + self.encoder.positions[: words.shape[1]])
        for layer in self.encoder.layers:
            x = layer(x, None)
        return x


def peers(encoder: Encoder) -> tuple[dict[str, Read], list[str]]:
    """The peers that are installed, and the names of those that are not."""
    found: dict[str, Read] = {}
    missing = [f"{one}: not installed" for one in ("onnxruntime", "openvino") if not find_spec(one)]
    lacking = [one for one in ("onnx", "onnxscript") if not find_spec(one)]
    if lacking and len(missing) < 2:
        missing = [f"onnxruntime, openvino: {' and '.join(lacking)} not installed"]
    elif len(missing) < 2:
        with TemporaryDirectory() as folder:
            path = _exported(encoder, Path(folder) / "encoder.onnx")
            if find_spec("onnxruntime"):
                found |= dict(_onnxruntime(path))
            if find_spec("openvino"):
                found |= dict(_openvino(path))
    return found, missing


def _exported(encoder: Encoder, path: Path) -> Path:
    hidden = encoder.positions.shape[1]
    length = torch.export.Dim("length", min=2, max=len(encoder.positions))
    with warnings.catch_warnings(), torch.inference_mode(False):
        warnings.simplefilter("ignore")
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        torch.onnx.export(
            Plain(encoder).eval(), (torch.zeros(1, 40, hidden),), path, dynamo=True, verbose=False,
            input_names=["words"], dynamic_shapes=({1: length},),
        )  # fmt: skip
    return path


def _onnxruntime(path: Path) -> Iterator[tuple[str, Read]]:
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1

    def reading(model: Path) -> Read:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return lambda x: torch.from_numpy(session.run(None, {"words": x.numpy()})[0])

    yield "ONNX Runtime, single precision", reading(path)
    logging.getLogger().setLevel(logging.ERROR)  # it advises what changes nothing here
    for name, by_row in (("one scale a matrix", False), ("a scale a row", True)):
        light = path.with_suffix(f".{int(by_row)}.onnx")
        quantize_dynamic(path, light, per_channel=by_row, weight_type=QuantType.QInt8)
        yield f"ONNX Runtime, 8 bits, {name}", reading(light)


def _openvino(path: Path) -> Iterator[tuple[str, Read]]:
    import openvino

    core = openvino.Core()

    def reading(model: Any, precision: str, group: int) -> Read:
        settings = {
            "INFERENCE_NUM_THREADS": 1,
            "NUM_STREAMS": 1,
            "INFERENCE_PRECISION_HINT": precision,
            "DYNAMIC_QUANTIZATION_GROUP_SIZE": group,
        }
        request = core.compile_model(model, "CPU", settings).create_infer_request()
        return lambda x: torch.from_numpy(request.infer({0: x.numpy()})[0].copy())

    yield "OpenVINO, single precision", reading(core.read_model(path), "f32", 0)
    if "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        yield "OpenVINO, bfloat16", reading(core.read_model(path), "bf16", 0)
    for group in GROUPS:
        model = _in_bits(core.read_model(path))
        yield f"OpenVINO, 8 bits, groups of {group}", reading(model, "f32", group)


def _in_bits(model: Any) -> Any:
    """The model with 8 bits and a scale a row in the place of each matrix that is constant."""
    from openvino import opset13

    for node in model.get_ordered_ops():
        if node.get_type_name() != "MatMul":
            continue
        matrix = node.input(1).get_source_output().get_node()
        if matrix.get_type_name() != "Constant":
            continue
        turned = node.get_attributes()["transpose_b"]
        rows = matrix.get_data() if turned else matrix.get_data().T
        scales = np.maximum(np.abs(rows).max(1, keepdims=True), 1e-9) / LEVELS
        rounded = opset13.convert(opset13.constant(np.rint(rows / scales).astype(np.int8)), "f32")
        whole = opset13.multiply(rounded, opset13.constant(scales.astype(np.float32)))
        given = node.input(0).get_source_output()
        node.output(0).replace(opset13.matmul(given, whole, False, True).output(0))
    return model
