"""The command line's view of the API: asks it and prints tables. Speaks HTTP only, imports nothing of ours."""
