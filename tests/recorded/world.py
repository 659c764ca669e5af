"""What recorded tests have in common. The names are such as nobody else would give, as they are used on the live API, too."""

from typing import Any

OWNER = "sensay-ext-recordings"

REPLICA: Any = {
    "name": "Workshop guide",
    "short_description": "Knows the bicycle workshop",
    "greeting": "Hello! What would you like to know?",
    "owner_id": OWNER,
    "slug": "sensay-ext-recordings",
    "llm": {"model": "gpt-4o", "system_message": "Be brief."},
}

HOURS = "The workshop is open from 9:30 to 18:00, and closed on Mondays."

PROSE = "The workshop is in Harbour Street, behind the old customs house. " * 10
