"""The real programs, started and asked: a module for each, and what the comparisons with them share.

They are no tests; those in tests/fidelity use them. A program is asked for through tests/require.py, works in a
folder of its own, and is ended by its own pid.
"""
