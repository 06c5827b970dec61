"""From one sequence to another: encoder, decoder, attention, beam search (lecture 6, sections 29 and 30)."""
