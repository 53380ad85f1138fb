"""What documents are about as a whole."""
