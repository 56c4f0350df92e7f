"""Deployments, against a control plane of Modal's protocol on loopback.

`control_plane` answers what Modal's client asks, and keeps it for the tests to look at;
`containers` runs what was deployed in Modal's own container runtime; `front` is the web server
before it, with Modal's proxy authentication.
"""
