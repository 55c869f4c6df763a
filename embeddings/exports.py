"""Exports: query encoders that were exported before, kept for every library on this machine.

Exporting needs torch and takes seconds; what it gives depends on the model's weights alone.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from embeddings.encoder import DEFAULT_MODEL, export_query_encoder, identify_model, load_encoder
from embeddings.querying import ENCODER_FILES

_SUMS = "SHA256"


def default_cache() -> Path:
    """Where exports are kept: KINETRACE_CACHE, else the user's cache folder (XDG Base Directory Specification)."""
    named = os.environ.get("KINETRACE_CACHE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kinetrace"


def exported_encoder(name_or_path: str = DEFAULT_MODEL, cache: Path | None = None) -> Path:
    """A folder that holds a model's query encoder; exported now where it is new or damaged.

    Args:
        name_or_path: as `load_encoder`.
        cache: `default_cache()` where None.

    Raises:
        ModelError: as `load_encoder`.
    """
    model_id, _ = identify_model(name_or_path)
    parent = (cache or default_cache()) / "encoders"
    folder = parent / model_id.replace("/", "-")
    if not _is_whole(folder):
        parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=parent) as made:
            export_query_encoder(load_encoder(name_or_path), Path(made))
            (Path(made) / _SUMS).write_text(_sums(Path(made)), encoding="utf-8")
            _replace(folder, Path(made))
    return folder


def _is_whole(folder: Path) -> bool:
    try:
        return (folder / _SUMS).read_text(encoding="utf-8") == _sums(folder)
    except OSError:
        return False


def _sums(folder: Path) -> str:
    return "".join(f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in ENCODER_FILES)


def _replace(folder: Path, made: Path) -> None:
    """Files one by one, the sums last: whoever reads meanwhile finds the old, the new, or sums that don't fit."""
    folder.mkdir(exist_ok=True)
    for name in (*ENCODER_FILES, _SUMS):
        shutil.move(made / name, folder / name)
