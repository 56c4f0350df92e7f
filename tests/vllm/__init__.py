"""Tests with a real vLLM on the CPU, collected where vLLM is installed (requirements.txt)."""
