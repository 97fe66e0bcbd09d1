"""What we watch: `make bench` prints one JSON line for each figure."""
