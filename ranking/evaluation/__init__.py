"""How good the search is, measured by rule: queries with a known answer, corrupted by class, judged against documents.

Nothing that serves patients may import this package, and it imports nothing of understanding, query or signals (but for
the tuner, which plays with weights): what judges the ranker must not share its mistakes. `ir_measures` comes with the
test requirements only.
"""
