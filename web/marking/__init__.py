"""What staff enter: defences, theory, bonus, extensions, overrides."""
