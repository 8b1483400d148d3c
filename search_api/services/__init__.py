"""The use cases of the API, one a module: a request in, a plain answer out."""
