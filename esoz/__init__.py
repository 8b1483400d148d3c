"""The upstream: ЕСОЗ's row and message models and a typed client. A leaf: imports nothing of ours.

The patient's side (person, declarations, access of e-cabinets) will stand beside `client.py` in modules of its own.
"""
