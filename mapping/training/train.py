"""Trains the shipped heads: ``python -m mapping.training.train``.

Reads our own passages and, beside the repository, the real ones (``../shared``); writes the weights into
``mapping/data``. About three minutes on one core; the same input gives the same files. The encoder and
the segmenter are named, not imported, for ``mapping`` does not know ``nlp``.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from mapping.criteria import load_criteria
from mapping.exemplars import FOLDER, exemplar_files
from mapping.lexical import save_lexical
from mapping.meaning import save_heads
from mapping.training.labelled import Labelled, read_own, read_real
from mapping.training.lexical import fit_lexical
from mapping.training.meaning import fit_meaning
from models.criteria import Criteria

SHARED = Path(__file__).resolve().parents[3] / "shared"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--encoder", default="nlp.encoder:load_encoder", help="module:function that gives one"
    )
    parser.add_argument("--segmenter", default="nlp.words:words", help="module:function from text to words")
    parser.add_argument("--only", choices=("lexical", "meaning"), help="train one of the two")
    options = parser.parse_args(arguments)
    criteria = load_criteria()
    data = [one for one in read_labelled(criteria) if not one.held_out]
    with one_thread():
        if options.only != "meaning":
            model = fit_lexical(data, criteria, named(options.segmenter))
            save_lexical(FOLDER / f"lexical-{criteria.id}.npz", model)
        if options.only != "lexical":
            encoder = named(options.encoder)()
            heads = fit_meaning(data, encoder.encode([one.text for one in data]), criteria)
            save_heads(FOLDER / f"meaning-{criteria.id}.npz", heads, encoder)
    return 0


def one_thread() -> AbstractContextManager[Any]:
    """Sums in one order: with two threads the last bits differ, and after eighty steps so do the weights."""
    importlib.import_module("scipy.linalg")  # brings a BLAS of its own, which must be there to be limited
    limited: AbstractContextManager[Any] = named("threadpoolctl:threadpool_limits")(1)
    return limited


def read_labelled(criteria: Criteria, shared: Path = SHARED) -> tuple[Labelled, ...]:
    """Our own passages and the real ones; those held out are among them and say so."""
    aliases = dict(criteria.aliases)
    return (*read_own(exemplar_files(criteria), aliases), *read_real(shared, aliases))


def named(place: str) -> Any:
    """What ``module:name`` stands for."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


if __name__ == "__main__":
    sys.exit(main())
