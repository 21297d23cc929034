"""What comes with a ticket: add-ons that its buyer chooses, and the contents of a bundle."""
