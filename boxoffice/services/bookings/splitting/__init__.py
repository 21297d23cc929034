"""Some tickets of a confirmed order become an order of their own."""
