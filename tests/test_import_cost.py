"""What an import costs."""

import subprocess
import sys

import pytest

MODULES = """
import sys
{statement}
print("\\n".join(sys.modules))
"""


def loaded_by(statement: str) -> set[str]:
    result = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", MODULES.format(statement=statement)], capture_output=True, text=True, check=True
    )
    return set(result.stdout.split())


def test_importing_the_package_loads_neither_a_client_nor_what_it_needs() -> None:
    loaded = loaded_by("import sensay_ext")

    assert not {"httpx", "anyio", "asyncio", "attrs", "attr", "generated_client"} & loaded
    assert not {name for name in loaded if name.startswith(("sensay_ext._async", "sensay_ext._sync"))}


@pytest.mark.parametrize("client", ["Sensay", "AsyncSensay"])
def test_importing_a_client_loads_no_model_and_no_event_loop(client: str) -> None:
    loaded = loaded_by(f"from sensay_ext import {client}")

    assert "httpx" in loaded
    assert not {"anyio", "asyncio", "importlib.metadata"} & loaded
    assert not {name for name in loaded if name.startswith("generated_client.models.")}
    other = "_async" if client == "Sensay" else "_sync"
    assert not {name for name in loaded if name.startswith(f"sensay_ext.{other}.")}
