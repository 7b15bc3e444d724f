"""Several steps: each module is one draft's router."""
