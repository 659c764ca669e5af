"""Where the pipeline finds and puts things."""

from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
"""The checkout that the commands belong to."""

OVERLAY = HOME / "openapi" / "overlay.yaml"


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
    def package(self) -> Path:
        """The generated client."""
        return self.root / "generated_client"
