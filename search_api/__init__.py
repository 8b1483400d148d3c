"""The HTTP face of Likar: search, suggestions, cards, map and dictionaries over the two indexes."""
