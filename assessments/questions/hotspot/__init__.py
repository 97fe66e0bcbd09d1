"""The hotspot question. A place to find on a picture."""
