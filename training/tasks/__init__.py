"""Synthetic small tasks: templates in `*.tasks`, and what makes prompts and programs of them."""
