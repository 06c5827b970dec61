"""LeNet-5 as a module, AlexNet and VGG as configurations (lecture 4, section 22)."""
