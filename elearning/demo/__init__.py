"""The demo: made-up people of made-up services, whose records come from the same actions as anybody's."""
