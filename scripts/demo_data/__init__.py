"""What the demo trains a replica on: a handbook and the opening hours of a company that does not exist."""
