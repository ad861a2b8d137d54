"""One program per peer: `python -m adapters.NAME START.json DATA.csv ITERATIONS RESULT.json`.

Each runs plain EM from the tables of START for exactly ITERATIONS M-steps and writes the tables that it returns, in the
layout of `bench.networks.Variable`, with the CPU seconds of reading and of fitting.
"""
