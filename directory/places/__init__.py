"""Where places are: the codifier's objects with points, names and ancestors, and what an upstream address means.

`build_gazetteer` (in `directory.places.build`) writes the file once; `Gazetteer.load` reads it.
"""

from directory.places.gazetteer import Gazetteer, PlaceName
from directory.places.gazetteer_file import GazetteerUnreadable
from directory.places.grid import distance_km
from directory.places.place import QUARTER, SETTLEMENT_CATEGORIES, NameKind, Place, Precision

__all__ = [
    "QUARTER",
    "SETTLEMENT_CATEGORIES",
    "Gazetteer",
    "GazetteerUnreadable",
    "NameKind",
    "Place",
    "PlaceName",
    "Precision",
    "distance_km",
]
