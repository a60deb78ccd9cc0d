"""The networks themselves. Only these modules import torch, so that the zoo can be listed without it."""
