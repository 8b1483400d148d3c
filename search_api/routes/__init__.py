"""The HTTP routes: they read the request, call one service and write its answer."""
