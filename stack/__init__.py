"""The processes of one machine: start, watch and stop them; ports, locks, plain errors.

A leaf: imports nothing of ours. The command line composes it with the engine, the sandbox and the API.
"""
