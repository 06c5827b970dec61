"""Running the whole system on one machine: `grader up`, and its demonstration course."""
