"""`python -m tests.benchmarks [NAME] [--json]`: measure, and print a table."""

import argparse
import importlib
import json
import pkgutil
import sys
from dataclasses import asdict

import tests.benchmarks
from tests.benchmarks.harness import Row, machine, table

PREFIX = "bench_"


def names() -> list[str]:
    modules = pkgutil.iter_modules(tests.benchmarks.__path__)
    return sorted(module.name.removeprefix(PREFIX) for module in modules if module.name.startswith(PREFIX))


def measured(name: str) -> tuple[str, list[Row]]:
    """The title of a benchmark and its rows."""
    benchmark = importlib.import_module(f"tests.benchmarks.{PREFIX}{name}")
    return benchmark.TITLE, benchmark.run()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=tests.benchmarks.__doc__)
    parser.add_argument("name", nargs="?", choices=names(), help="which benchmark; all of them without it")
    parser.add_argument("--json", action="store_true", help="figures for programs, on stdout alone")
    wish = parser.parse_args()
    results = {}
    for name in [wish.name] if wish.name else names():
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        results[name] = measured(name)
    if wish.json:
        figures = {name: [asdict(row) | {"ratio": row.ratio} for row in rows] for name, (_, rows) in results.items()}
        print(json.dumps({"machine": machine(), "benchmarks": figures}, indent=2))
        return 0
    print("  ".join(f"{what}: {value}" for what, value in machine().items()))
    for title, rows in results.values():
        print(f"\n{title}\n{table(rows)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
