"""What runs in the container of a deployment, exactly."""

from __future__ import annotations

PYTHON = "3.12"
# With the compiler, for the kernels that FlashInfer builds when a model starts.
CUDA = "nvidia/cuda:12.9.1-devel-ubuntu22.04"
# vLLM's inside is used: the version that is tested here (the extra `server`).
VLLM = "vllm==0.32.0"
# What maze itself needs, in versions that this vLLM takes.
PACKAGES = (
    "fastapi==0.136.3",
    "httpx==0.28.1",
    "lark==1.2.2",
    "llguidance==1.7.6",
    "numpy==2.3.5",
    "onnxruntime==1.32.0",
    "platformdirs==4.14.8",
    "prometheus-client==0.26.0",
    "psutil==7.2.2",
    "pydantic==2.14.4",
    "rich==15.0.0",
    "tokenizers==0.23.3",
    "tomli-w==1.2.0",
    "tree-sitter==0.26.1",
    "tree-sitter-go==0.25.0",
    "tree-sitter-rust==0.24.2",
    "tree-sitter-typescript==0.23.2",
    "tree-sitter-zig==1.1.2",
    "typer==0.29.2",
    "uvicorn==0.54.0",
)
