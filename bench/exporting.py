"""Write a trained tagger as the files that `graph/claims/tagger.py` runs."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch

from bench.labelled import PACKAGE
from bench.tagging import WIDTH, Net


def write(net: Net, target: Path = PACKAGE) -> None:
    """The layers as 8-bit ONNX, each row of a weight with its own scale; the pair arithmetic as arrays."""
    _write_layers(net, target / "tagger.onnx")
    pairing = net.pairing
    arrays = {
        "labels": pairing.labels,
        "columns": pairing.columns.weight,
        "middle": pairing.middle.weight.T,
        "middle_bias": pairing.middle.bias,
        "out": pairing.out.weight.T,
        "out_bias": pairing.out.bias,
    }
    halved = {name: array.detach().numpy().astype(np.float16) for name, array in arrays.items()}
    np.savez_compressed(target / "tagger.npz", allow_pickle=False, **halved)
    for name in ("tagger.onnx", "tagger.npz"):
        print(f"{target / name}: {(target / name).stat().st_size / 1e6:.1f} MB", flush=True)


def _write_layers(net: Net, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    vectors, mask = torch.zeros(2, 5, WIDTH), torch.ones(2, 5)
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            net.body,
            (vectors, mask),
            str(whole),
            input_names=["vectors", "mask"],
            output_names=["parts", "texts"],
            dynamic_axes={"vectors": {0: "texts", 1: "pieces"}, "mask": {0: "texts", 1: "pieces"}},
            opset_version=17,
            dynamo=False,
        )
        # Seven bits: eight overflow on machines without VNNI, and then claims would depend on the machine.
        quantize_dynamic(whole, path, per_channel=True, weight_type=QuantType.QInt8, reduce_range=True)
