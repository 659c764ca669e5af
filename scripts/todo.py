"""Lists what a person still has to do after the API has changed; exit status 0 nothing, 1 something, 2 unknown."""

import json
import sys

from scripts._command import run
from scripts._errors import PipelineError
from scripts._paths import HOME, Tree
from scripts._todo import open_points, shown


def main() -> int:
    """Run the command."""
    return run("todo", _list)


def _list() -> int:
    path = Tree(HOME).client
    if not path.exists():
        raise PipelineError("there is no openapi/client.json", "make one with `make generate`")
    points = open_points(json.loads(path.read_text(encoding="utf-8")))
    print(shown(points))
    return int(bool(points))


if __name__ == "__main__":
    sys.exit(main())
