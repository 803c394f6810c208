"""Measurements, side by side with the peers. `python -m benchmarks --help` says how."""
