"""The ordering question. Things to put in order."""
