"""Which parts of a stored document come back with a hit: all of it.

Leaving parts out costs the engine more, because it has to read and write the document anew, than the bytes are worth.
"""

WHOLE = True
