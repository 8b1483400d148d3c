"""The load kit: Locust users that search as patients do, on a schedule that no stall of the server can bend.

Speaks HTTP only and imports nothing of the product. `python -m loadtests run` drives a mix and judges it by
thresholds; `python -m loadtests kinds` measures ten kinds of query alone. See docs/load.md.
"""
