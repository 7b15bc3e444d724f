"""`python -m benchmarks`: measure everything, print a table, write docs/performance.md."""

import importlib
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.figures import Figure, machine, table, write_page

PARTS = ("pipeline", "peers", "http", "workers", "delivery", "big_shop", "order_import", "start")


def main(names: tuple[str, ...]) -> int:
    """All parts, or those that are named; only a whole run is written down."""
    figures: list[Figure] = []
    for name in names or PARTS:
        print(f"measuring {name} ...", flush=True)
        figures += _alone(importlib.import_module(f"benchmarks.{name}").measure)
    print(f"\n{machine()}\n\n{table(figures)}")
    if not names:
        write_page(figures)
    return 0 if all(figure.met is not False for figure in figures) else 1


def _alone(measure: Callable[[], list[Figure]]) -> list[Figure]:
    """In a process of its own: the memory of one part is not that of those before it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(measure).result()


if __name__ == "__main__":
    sys.exit(main(tuple(sys.argv[1:])))
