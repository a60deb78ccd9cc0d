"""Measurements beside peers, printed and never asserted: `python -m tests.benchmarks [NAME]`.

One benchmark is one module `bench_<name>.py` with a TITLE and `run() -> list[Row]`.
"""
