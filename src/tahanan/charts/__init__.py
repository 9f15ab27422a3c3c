"""Charts drawn as SVG on the server, without Django: for pages, print and slides."""
