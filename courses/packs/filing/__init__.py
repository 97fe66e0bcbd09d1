"""From a Pack to the files of its folder: the reader's other direction. Pure."""
