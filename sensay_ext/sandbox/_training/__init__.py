"""What happens to a knowledge base entry from its creation to its last status."""
