"""Compares two versions of the API's document and says what each difference does to its users."""

from scripts.changes._compare import compare
from scripts.changes._deprecations import deprecations
from scripts.changes._ledger import ledger_key
from scripts.changes._model import Change, Level
from scripts.changes._render import as_json, as_markdown, as_text

__all__ = ["Change", "Level", "as_json", "as_markdown", "as_text", "compare", "deprecations", "ledger_key"]
