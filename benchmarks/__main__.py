"""`python -m benchmarks`: measure everything, print a table, write docs/performance.md."""

import importlib
import sys
from collections.abc import Callable

from benchmarks.figures import Figure, machine, table, write_page

PARTS = ("pipeline", "peers", "http", "workers", "delivery", "big_shop", "order_import", "start")


def main(names: tuple[str, ...]) -> int:
    """All parts, or those that are named; only a whole run is written down."""
    figures: list[Figure] = []
    for name in names or PARTS:
        print(f"measuring {name} ...", flush=True)
        measure: Callable[[], list[Figure]] = importlib.import_module(f"benchmarks.{name}").measure
        figures += measure()
    print(f"\n{machine()}\n\n{table(figures)}")
    if not names:
        write_page(figures)
    return 0 if all(figure.met is not False for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
