"""Where the code stands that type checkers read as a user's: that of both clients, and that for errors and events."""

from pathlib import Path

HOME = Path(__file__).parents[2]

FOLDER_OF_TASKS = HOME / "tests" / "_async"
FOLDER_OF_THREADS = HOME / "tests" / "_sync"

FILES = (
    FOLDER_OF_TASKS / "user_code.py",
    FOLDER_OF_THREADS / "user_code.py",
    HOME / "tests" / "typing" / "errors.py",
    HOME / "tests" / "typing" / "events.py",
)
