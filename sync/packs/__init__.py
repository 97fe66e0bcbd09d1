"""A course as devices carry it: files by their content, and a signed manifest that names them."""
