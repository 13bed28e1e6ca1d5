"""Answers: the catalogue of questions, names as people type them, cards of things."""
