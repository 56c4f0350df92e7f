"""What GPUs cost on Modal: data with a date, not a forecast."""

from __future__ import annotations

from maze.deploy.gpus import Gpu

# Prices for one second, in US dollars, as Modal's price list had them on that day (read second
# hand: techbytes.app, "Serverless GPU Pricing Matrix"). What isn't in there isn't known.
AS_OF = "2026-05-07"
PER_SECOND = {
    "T4": 0.000164,
    "L4": 0.000222,
    "L40S": 0.000542,
    "A100-80GB": 0.000694,
    "H100": 0.001097,
}


def per_hour(gpu: Gpu) -> float | None:
    """US dollars for an hour of a container's GPUs; CPU and memory come on top."""
    price = PER_SECOND.get(gpu.name)
    return None if price is None else price * 3600 * gpu.count


def per_thousand(hourly: float, *, seconds: float) -> float:
    """US dollars for 1,000 generations that take so many seconds each, one after the other."""
    return hourly / 3600 * seconds * 1000
