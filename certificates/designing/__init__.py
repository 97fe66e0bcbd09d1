"""How certificates look: what a programme decided, as the printer takes it; and the pages where it decides."""
