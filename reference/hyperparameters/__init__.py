"""Lecture 1: hyperparameter tuning."""
