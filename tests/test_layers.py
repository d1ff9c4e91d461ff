"""The shape of the project: what the five folders may import, and that their names are free."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDERS = ("api", "ingest", "mapping", "models", "nlp")


def test_models_need_the_standard_library_only() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
    code += "import pkgutil, importlib, models\n"
    code += "[importlib.import_module(m.name) for m in pkgutil.walk_packages(models.__path__, 'models.')]\n"
    code += "roots = {name.split('.')[0] for name in sys.modules}\n"
    code += "print(sorted(r for r in roots if r not in sys.stdlib_module_names and not r.startswith('_')))"
    run = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['models']"


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_dependency_owns_one_of_our_names(folder: str) -> None:
    owners = {
        str(dist.metadata["Name"])
        for dist in distributions()
        for file in dist.files or ()
        if Path(str(file)).parts[0] == folder
    }
    assert owners <= {"ziping"}


def test_golden_files_are_compared_not_written(request: pytest.FixtureRequest) -> None:
    """A forgotten --renew would make every golden test pass."""
    if request.config.getoption("--renew"):
        pytest.fail("renewing: run again without --renew")
