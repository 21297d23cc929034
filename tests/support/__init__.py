"""What tests share: servers, databases, and whatever else is not itself a test."""
