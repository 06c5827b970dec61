"""For those who run the machine: health, queues, broken jobs."""
