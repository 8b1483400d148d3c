"""What the doctor directory holds: documents, field names, specialities, text keys, places, the capacity rule.

A leaf: imports nothing of ours, so that the indexer, the ranking and the fixtures share one vocabulary.
"""
