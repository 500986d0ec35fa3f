"""Pages of the house itself, that belong to no room: the sign of life, and the gallery of components for developers."""
