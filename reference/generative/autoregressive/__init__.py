"""Images pixel by pixel: likelihood and samples, PixelCNN, PixelRNN (lecture 12, section 55)."""
