"""ONNX Runtime sends telemetry unless told not to before it is imported."""

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
