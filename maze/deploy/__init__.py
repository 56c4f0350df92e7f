"""Deploying the server to Modal."""
