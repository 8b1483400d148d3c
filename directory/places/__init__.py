"""Where places are: the codifier's objects with points, names and ancestors, and what an upstream address means.

`build_gazetteer` (in `directory.places.build`) writes the file once; `Gazetteer.load` reads it.
"""

from directory.places.gazetteer import Gazetteer
from directory.places.gazetteer_file import GazetteerUnreadable
from directory.places.grid import distance_km
from directory.places.place import SETTLEMENT_CATEGORIES, Place, Precision

__all__ = [
    "SETTLEMENT_CATEGORIES",
    "Gazetteer",
    "GazetteerUnreadable",
    "Place",
    "Precision",
    "distance_km",
]
