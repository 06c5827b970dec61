"""The gradebook: everybody's marks, and what staff enter."""
