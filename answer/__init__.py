"""Where graph and search meet: an opened library and the answers it gives."""
