"""Importing the package costs little: what is not used is not loaded."""

import subprocess
import sys
from pathlib import Path

import pytest


def loaded_by(package: Path, code: str) -> set[str]:
    """Return the modules that an interpreter has loaded after `code`."""
    script = f"import sys; sys.path.insert(0, sys.argv[1])\n{code}\nprint(*sys.modules)"
    arguments = [sys.executable, "-I", "-B", "-W", "error", "-c", script, str(package.parent)]
    return set(subprocess.run(arguments, capture_output=True, text=True, check=True).stdout.split())  # noqa: S603 - our own code


@pytest.mark.parametrize("code", ["import sample_client", "import sample_client.models", "import sample_client.types"])
def test_importing_loads_neither_httpx_nor_any_model(package: Path, code: str) -> None:
    loaded = loaded_by(package, code)

    assert not {"httpx", "dateutil"} & loaded
    assert not {name for name in loaded if name.startswith("sample_client.models.")}


def test_a_model_loads_only_what_it_needs(package: Path) -> None:
    loaded = loaded_by(package, "from sample_client.models import History")

    assert {name for name in loaded if name.startswith("sample_client.models.")} == {"sample_client.models.history"}


def test_an_endpoint_module_loads_no_http_client(package: Path) -> None:
    loaded = loaded_by(package, "from sample_client.api.pet_care.list_pets import build_request; build_request()")

    assert "httpx" not in loaded


def test_lazy_names_are_listed_and_unknown_ones_refused(package: Path) -> None:
    code = """
import sample_client, sample_client.models as models
assert {"Client", "AuthenticatedClient"} <= set(dir(sample_client))
assert set(models.__all__) <= set(dir(models)), dir(models)
assert models.Pet is models.Pet and sample_client.Client is sample_client.client.Client
from sample_client.models import *
assert PetKind.CAT == "cat"
for module in (sample_client, models):
    try:
        module.Nothing
    except AttributeError as error:
        assert "has no attribute 'Nothing'" in str(error), error
    else:
        raise SystemExit("an unknown name was found")
"""

    assert "sample_client.models.pet" in loaded_by(package, code)
