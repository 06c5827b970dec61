"""Mail as staff see it, and what people want of it. The web itself sends none."""
