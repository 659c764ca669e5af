"""Where the pipeline finds and puts things."""

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
"""The checkout that the commands belong to."""

OVERLAY = HOME / "openapi" / "overlay.yaml"

SETTLED = HOME / "openapi" / "settled.toml"
"""What people have settled about operations."""

METHODS = HOME / "sensay_ext" / "_operations.py"
"""Which method of the client serves which operation."""


@dataclass(frozen=True)
class Tree:
    """A folder that holds `openapi/` and `generated_client/`: the checkout, or the `--out` of a run."""

    root: Path

    @property
    def is_home(self) -> bool:
        """Whether this is the checkout itself."""
        return self.root.resolve() == HOME

    @property
    def upstream(self) -> Path:
        """The document last fetched."""
        return self.root / "openapi" / "upstream.json"

    @property
    def client(self) -> Path:
        """What the generator reads."""
        return self.root / "openapi" / "client.json"

    @property
    def lock(self) -> Path:
        """Where the document came from, and with which tools the client was generated from it."""
        return self.root / "openapi" / "schema.lock"

    @property
    def changelog(self) -> Path:
        """What each refresh brought."""
        return self.root / "openapi" / "CHANGELOG.md"

    @property
    def ledger(self) -> Path:
        """What was ever seen deprecated, and when first."""
        return self.root / "openapi" / "ledger.json"

    @property
    def package(self) -> Path:
        """The generated client."""
        return self.root / "generated_client"
